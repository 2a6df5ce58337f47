import type { FileHandle } from "node:fs/promises";
import { PpsError } from "../../../core/errors.ts";

/** Appends lines, each on the disk before its promise resolves; what comes while the disk works is written together. */
export interface LineWriter {
  /** Throws PpsError `busy` once anything could not be written: what stands in the file is then not certain any more. */
  write(line: string): Promise<void>;
  /** Ends a line that stands unended in the file, together with what is written next. */
  endLine(): void;
}

export function createLineWriter(file: Pick<FileHandle, "appendFile" | "datasync">): LineWriter {
  let waiting = "";
  let round: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  let failure: PpsError | undefined;

  async function flush(): Promise<void> {
    const text = waiting;
    waiting = "";
    next = undefined;
    if (failure !== undefined) throw failure;
    try {
      await file.appendFile(text);
      await file.datasync();
    } catch (error) {
      failure = cannotWrite(error);
      throw failure;
    }
  }

  return {
    write(line) {
      waiting += `${line}\n`;
      if (next === undefined) {
        // A failed round is told to those who wait for it; the next one fails by itself.
        next = round.catch(() => {}).then(flush);
        round = next;
      }
      return next;
    },
    endLine() {
      waiting += "\n";
    },
  };
}

function cannotWrite(error: unknown): PpsError {
  const code = (error as NodeJS.ErrnoException).code ?? "unknown reason";
  return new PpsError("busy", `The audit log cannot be written (${code}), so that no change is let through.`, {
    hint: "Make room on the server's disk, or mend it, and start the server again.",
    cause: error,
  });
}
