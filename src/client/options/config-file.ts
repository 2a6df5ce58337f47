import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Document } from "yaml";
import { PpsError } from "../../core/errors.ts";
import type { Environment } from "./environment.ts";
import type { PartialOptions } from "./option-table.ts";
import { type Complain, isMapping, readProfile } from "./profile.ts";

/** A configuration file: options for several clusters under names. */
export interface ConfigFile {
  path: string;
  /** Used when none is named; the only profile needs no such word. */
  defaultProfile: string | undefined;
  profiles: ReadonlyMap<string, PartialOptions>;
  warnings: string[];
}

/** Where the file is looked for when no path is given. */
export function defaultConfigPath(environment: Environment): string {
  const home = environment.HOME || homedir();
  return join(environment.XDG_CONFIG_HOME || join(home, ".config"), "proofpoint-ps", "config.yaml");
}

/** The file that is meant: the one named, else PPS_CONFIG's, else that at the usual place. */
export function chooseConfigPath(named: string | undefined, environment: Environment): string {
  return named ?? (environment.PPS_CONFIG || defaultConfigPath(environment));
}

/**
 * Reads a configuration file; undefined when there is none at that path. Throws PpsError `bad_input` that lists every
 * problem with its line: unknown keys with what may have been meant, values of the wrong kind. Values never appear.
 */
export async function readConfigFile(path: string): Promise<ConfigFile | undefined> {
  const text = await readText(path);
  if (text === undefined) return undefined;
  const { LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true });
  const broken = document.errors[0] ?? document.warnings[0];
  if (broken !== undefined) {
    // The parser's own message quotes the line, in which a password may stand.
    throw refuse(path, [`line ${lines.linePos(broken.pos[0]).line}: this is not valid YAML (${broken.code})`]);
  }
  const lineOf = (keys: readonly string[]) => findLine(document, keys, (offset) => lines.linePos(offset).line);
  const problems: string[] = [];
  const complain = (keys: readonly string[], complaint: string) => {
    const line = lineOf(keys);
    problems.push(
      `${line === undefined ? "" : `line ${line}: `}${keys.join(".")}${keys.length > 0 ? " " : ""}${complaint}`,
    );
  };
  const file = readRoot(path, readContent(document, path), complain);
  if (problems.length > 0) throw refuse(path, problems);
  const holdsSecret = [...file.profiles.values()].some((profile) => {
    const { password, clientCertificate, cloudClientSecret, feedPassword, feedToken } = profile;
    const secrets = [password, clientCertificate?.passphrase, cloudClientSecret, feedPassword, feedToken];
    return secrets.some((secret) => secret !== undefined);
  });
  if (holdsSecret && (await isReadableByOthers(path))) {
    file.warnings.push(
      `${path} holds a password or secret and can be read by other users of this machine: chmod 600 ${path}`,
    );
  }
  return file;
}

function readRoot(path: string, root: unknown, complain: Complain): ConfigFile {
  const file = { path, defaultProfile: undefined as string | undefined, profiles: new Map<string, PartialOptions>() };
  if (!isMapping(root)) {
    complain([], "must be a mapping with the key profiles");
    return { ...file, warnings: [] };
  }
  for (const key of Object.keys(root)) {
    if (key !== "profiles" && key !== "default")
      complain([key], "is not known here; the file takes default and profiles");
  }
  if (root.profiles !== undefined && !isMapping(root.profiles)) complain(["profiles"], "must be a mapping of names");
  const profiles = isMapping(root.profiles) ? root.profiles : {};
  for (const [name, profile] of Object.entries(profiles)) {
    if (isMapping(profile)) {
      const at = (keys: readonly string[], complaint: string) => complain(["profiles", name, ...keys], complaint);
      file.profiles.set(name, readProfile(profile, dirname(path), at));
    } else complain(["profiles", name], "must be a mapping of options");
  }
  if (root.default !== undefined) {
    if (typeof root.default !== "string" || !Object.hasOwn(profiles, root.default)) {
      complain(["default"], "must be the name of one of the profiles");
    } else file.defaultProfile = root.default;
  }
  return { ...file, warnings: [] };
}

function readContent(document: Document, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch {
    throw refuse(path, ["it holds an alias (*name) that leads nowhere or repeats too much"]);
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unreadable";
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw refuse(path, [`it cannot be read (${code})`]);
  }
}

async function isReadableByOthers(path: string): Promise<boolean> {
  // Windows has no such bits: every file would look open to all.
  return process.platform !== "win32" && ((await stat(path)).mode & 0o044) !== 0;
}

/** The line of the key that ends the path, as far as it exists in the text. */
function findLine(document: Document, keys: readonly string[], lineAt: (offset: number) => number): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const key of keys) {
    const items: unknown = (node as { items?: unknown } | null)?.items;
    if (!Array.isArray(items)) break;
    const pair = items.find((item) => String(item?.key?.value ?? item?.key) === key) ?? items[Number(key)];
    if (pair === undefined) break;
    offset = pair.key?.range?.[0] ?? pair.range?.[0] ?? offset;
    node = pair.value;
  }
  return offset === undefined ? undefined : lineAt(offset);
}

function refuse(path: string, problems: readonly string[]): PpsError {
  return new PpsError("bad_input", `The configuration file ${path} cannot be used: ${problems.join("; ")}.`, {
    hint: "Correct the file, or name another with --config or PPS_CONFIG.",
  });
}
