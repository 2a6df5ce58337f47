import { mkdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { PpsError } from "../../../core/errors.ts";

/** What the server keeps on disk. */
export interface StatePaths {
  directory: string;
  tokens: string;
  audit: string;
  /** Of calls with an idempotency key. */
  answers: string;
  /** Directory of the made certificate. */
  tls: string;
}

/** Where the server's state stands unless told otherwise: below XDG_STATE_HOME or ~/.local/state. */
export function defaultStateDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  const home = environment.HOME || homedir();
  return join(environment.XDG_STATE_HOME || join(home, ".local", "state"), "proofpoint-ps");
}

/** The files of a state directory, which need not exist. */
export function statePaths(directory: string): StatePaths {
  return {
    directory,
    tokens: join(directory, "tokens.json"),
    audit: join(directory, "audit.jsonl"),
    answers: join(directory, "idempotency.db"),
    tls: join(directory, "tls"),
  };
}

/**
 * Makes the directory, for its owner alone, where there is none. Throws PpsError `bad_input` where it cannot be made, and
 * where others may write in it: they could replace the tokens and the audit log.
 */
export function openStateDirectory(directory: string): StatePaths {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw new PpsError("bad_input", `The state directory ${directory} cannot be made (${code}).`, {
      hint: "Name another with --state.",
    });
  }
  refuseIfOthersWrite(directory, "700");
  return statePaths(directory);
}

/** Throws PpsError `bad_input` where users other than the owner may change what the path leads to. */
export function refuseIfOthersWrite(path: string, mode: "600" | "700"): void {
  // Windows has no such bits: everything would look open to all.
  if (process.platform === "win32" || (statSync(path).mode & 0o022) === 0) return;
  throw new PpsError("bad_input", `${path} can be changed by other users of this machine.`, {
    hint: `chmod ${mode} ${path}`,
  });
}

/** Throws PpsError `bad_input` where users other than the owner may read a secret. */
export function refuseIfOthersRead(path: string): void {
  if (process.platform === "win32" || (statSync(path).mode & 0o077) === 0) return;
  throw new PpsError("bad_input", `${path} can be read by other users of this machine.`, {
    hint: `chmod 600 ${path}; if they may have read it, remove it, and the next start makes a new one.`,
  });
}
