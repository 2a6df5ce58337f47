import { randomBytes } from "node:crypto";
import { closeSync, fchownSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Puts a new text in a file's place in one step, for its owner alone: a reader finds the old text or the new one. */
export function replaceFile(path: string, text: string): void {
  const draft = join(dirname(path), `.pps-${randomBytes(8).toString("hex")}.part`);
  try {
    const file = openSync(draft, "wx", 0o600);
    try {
      leaveToOwnerOf(dirname(path), file);
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  syncDirectory(dirname(path));
}

/** What root makes in the server's directory is to be the server's: it could not read it otherwise. */
export function leaveToOwnerOf(directory: string, file: number): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(directory);
  fchownSync(file, uid, gid);
}

/** Makes a name in a directory survive a power cut. */
export function syncDirectory(directory: string): void {
  // Windows cannot open a directory.
  if (process.platform === "win32") return;
  const handle = openSync(directory, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
