import { readFileSync } from "node:fs";
import { PpsError } from "../../../core/errors.ts";
import { formatTime } from "../../../core/time.ts";
import { replaceFile } from "../state/whole-file.ts";

/** When each token was last used, by its id. */
export type LastUses = Record<string, string>;

// A file is written for many calls, not for each.
const writeEveryMilliseconds = 60_000;

/**
 * Where the times stand: beside the token file and never in it, so that a server at work cannot write over a revocation
 * that another process has just made.
 */
export function lastUsesPath(tokenPath: string): string {
  return tokenPath.replace(/(\.json)?$/, ".used.json");
}

/** The times written so far. Throws PpsError `bad_input` for a damaged file: "never used" would be wrong. */
export function readLastUses(path: string): LastUses {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw damaged(path);
  }
  try {
    const uses = JSON.parse(text) as LastUses;
    if (Object.values(uses).every((time) => typeof time === "string")) return uses;
  } catch {
    // Told below.
  }
  throw damaged(path);
}

/** Keeps the times of a running server, written at most once a minute and at its end. */
export function createUseKeeper(path: string, now: () => number) {
  const noted = new Map<string, number>();
  let nextWrite = 0;

  function write(): void {
    if (noted.size === 0) return;
    nextWrite = now() + writeEveryMilliseconds;
    const times = [...noted].map(([id, time]) => [id, formatTime(time)]);
    try {
      replaceFile(path, `${JSON.stringify({ ...known(path), ...Object.fromEntries(times) })}\n`);
      noted.clear();
    } catch {
      // A full disk must not shut callers out for the sake of a time; it is tried again with the next call.
    }
  }

  return {
    note(id: string): void {
      noted.set(id, now());
      if (now() >= nextWrite) write();
    },
    write,
  };
}

function known(path: string): LastUses {
  try {
    return readLastUses(path);
  } catch {
    return {};
  }
}

function damaged(path: string): PpsError {
  return new PpsError("bad_input", `The file ${path} with the times of last use is damaged.`, {
    hint: "Remove it; nothing but those times is lost.",
  });
}
