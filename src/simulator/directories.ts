import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The directories a simulator keeps its things in. */
export interface Directories {
  /** CA and certificates. */
  tls: string;
  /** Maildir folders; absent, mailboxes live in memory. */
  mail?: string;
  /** Takes away what was only for this run. */
  close(): void;
}

/** Beside the database file where there is one, else a temporary directory that goes with the simulator. */
export function openDirectories(data: string | undefined): Directories {
  if (data !== undefined) {
    mkdirSync(dirname(data), { recursive: true });
    return { tls: `${data}.tls`, mail: `${data}.mail`, close() {} };
  }
  const directory = mkdtempSync(join(tmpdir(), "pps-simulator-"));
  leftAtExit.add(directory);
  return {
    tls: directory,
    close() {
      leftAtExit.delete(directory);
      remove(directory);
    },
  };
}

const leftAtExit = new Set<string>();
// Whoever ends the process without stopping its simulators leaves nothing behind either.
process.once("exit", () => leftAtExit.forEach(remove));

function remove(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}
