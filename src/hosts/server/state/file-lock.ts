import { closeSync, existsSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { leaveToOwnerOf } from "./whole-file.ts";

/** A lock held; it ends with the process too, however that dies. */
export interface FileLock {
  release(): void;
}

/**
 * Takes the one lock that goes with a file, waiting at most so long; undefined while another holds it, in this process or
 * in another. The lock file stays, which means nothing.
 */
export function tryLock(path: string, waitMilliseconds = 0): FileLock | undefined {
  const lockPath = `${path}.lock`;
  makeFile(lockPath);
  // The kernel's own lock, by way of SQLite: a file with a process id in it would outlive a killed process, and in
  // containers the next one has the same id.
  const database = new DatabaseSync(lockPath);
  try {
    database.exec(`PRAGMA busy_timeout = ${waitMilliseconds}; BEGIN EXCLUSIVE`);
  } catch (error) {
    database.close();
    if (/locked/.test((error as Error).message)) return undefined;
    throw error;
  }
  return { release: () => database.close() };
}

/** Never opens a file that is there: closing it would give up a lock that this process holds on it. */
function makeFile(path: string): void {
  try {
    const file = openSync(path, "wx", 0o600);
    leaveToOwnerOf(dirname(path), file);
    closeSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** True while another, or this process, holds the lock of a file. Asking for it takes the lock from nobody for long. */
export function isLocked(path: string): boolean {
  const lockPath = `${path}.lock`;
  if (!existsSync(lockPath)) return false;
  const database = new DatabaseSync(lockPath, { readOnly: true });
  try {
    database.exec("SELECT count(*) FROM sqlite_master");
    return false;
  } catch (error) {
    if (/locked/.test((error as Error).message)) return true;
    throw error;
  } finally {
    database.close();
  }
}
