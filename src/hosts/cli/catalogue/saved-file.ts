import { randomBytes } from "node:crypto";
import { access, constants, link, lstat, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { PpsError } from "../../../core/errors.ts";

/** How a file may be saved. */
export interface SaveTerms {
  /** Replaces a file that is there already. */
  force: boolean;
  /** The flag that named the place. */
  flag: "-o" | "--report" | "--export";
}

/** Where something is to be saved, as far as the user said. */
export interface SaveOrder extends SaveTerms {
  /** Where the flag points: a file, a directory, or undefined for the current directory. */
  output: string | undefined;
  cwd: string;
  /** The name the command suggests; it may be made from an id of the server's. */
  fileName: string;
}

/** A file name that is one, whatever the server's id held: no path, no hidden file, no option of another program. */
export function safeFileName(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9._-]/g, "_").replace(/^[.-]/, "_");
  return safe.length > 150 ? `${safe.slice(0, 146)}${safe.slice(-4)}` : safe;
}

/** The path something will be saved at. Throws PpsError `bad_input` when something is there that may not be replaced. */
export async function chooseTarget({ output, cwd, fileName, force, flag }: SaveOrder): Promise<string> {
  const name = safeFileName(fileName);
  const given = output === undefined ? resolve(cwd, name) : resolve(cwd, output);
  const isDirectory = output !== undefined && (/[/\\]$/.test(output) || (await kindOf(given)) === "directory");
  const target = isDirectory ? join(given, name) : given;
  const kind = await kindOf(target);
  // As root, a new file would take the place of /dev/stdout or /dev/null for everybody.
  if (kind === "device") {
    throw new PpsError("bad_input", `${target} is no file that can be replaced.`, {
      hint: flag === "-o" ? "-o - writes to stdout." : "Give the path of a file.",
    });
  }
  if (!force && kind !== "nothing") throw alreadyThere(target, flag);
  return target;
}

/** Refuses a path whose directory takes no file, before there is anything to write. */
export async function requirePlace(target: string): Promise<void> {
  try {
    // With the dot, a file that stands where a directory should is told apart from one without permission.
    await access(`${dirname(target)}/.`, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw explain(error, target);
  }
}

/** Writes beside the target and then gives the file its name, so that half a file is never found under it. */
export async function saveFile(target: string, bytes: Uint8Array, { force, flag }: SaveTerms): Promise<void> {
  const draft = join(dirname(target), `.pps-${randomBytes(8).toString("hex")}.part`);
  try {
    // Quarantined mail is nobody else's business on a shared machine.
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    if (force) await rename(draft, target);
    else await nameWithoutReplacing(draft, target, flag);
  } catch (error) {
    throw explain(error, target, flag);
  } finally {
    await rm(draft, { force: true });
  }
}

/** A hard link refuses an existing name in one step, which rename does not. */
async function nameWithoutReplacing(draft: string, target: string, flag: SaveTerms["flag"]): Promise<void> {
  try {
    await link(draft, target);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (!["EPERM", "ENOTSUP", "ENOSYS", "EOPNOTSUPP", "EMLINK"].includes(code)) throw error;
    // A file system without hard links.
    if ((await kindOf(target)) !== "nothing") throw alreadyThere(target, flag);
    await rename(draft, target);
  }
}

/** What a path leads to; a `device` may also be a pipe or a socket. */
async function kindOf(path: string): Promise<"nothing" | "directory" | "file" | "device"> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return "directory";
    return found.isFile() ? "file" : "device";
  } catch {
    // A dangling link is something too.
    return lstat(path).then(
      () => "file" as const,
      () => "nothing" as const,
    );
  }
}

function alreadyThere(target: string, flag: SaveTerms["flag"]): PpsError {
  return new PpsError("bad_input", `${target} is there already.`, {
    hint: `Give --force to replace it, or another ${flag}.`,
  });
}

function explain(error: unknown, target: string, flag?: SaveTerms["flag"]): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EEXIST" && flag !== undefined) return alreadyThere(target, flag);
  if (typeof code !== "string" || !("syscall" in (error as object))) return error;
  const reasons: Record<string, string> = {
    ENOENT: "there is no such directory",
    EACCES: "that is not permitted",
    EROFS: "the file system is read-only",
    ENOSPC: "the disk is full",
    ENOTDIR: "a part of the path is no directory",
    EISDIR: "it is a directory",
  };
  return new PpsError("bad_input", `${target} cannot be written: ${reasons[code] ?? code}.`);
}
