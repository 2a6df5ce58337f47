import type { FileHandle } from "node:fs/promises";
import { PpsError } from "../../../core/errors.ts";
import type { AuditRecord } from "./audit-record.ts";
import { readRecordLine } from "./record-line.ts";

/** Where a log ends. */
export interface LogTail {
  /** The last record; undefined in a log that has none. */
  last?: AuditRecord;
  /** What a writer that died left behind it. */
  fragment?: Buffer;
  /** True where the fragment's line has no end. */
  isUnended: boolean;
}

const lineEnd = 0x0a;
const step = 65_536;

/**
 * Reads the end of a log, however long that is. What is no whole line behind the last record is a fragment, also where
 * a writer died a second time while it ended that line. Throws PpsError `bad_input` where no chain can be continued.
 */
export async function readTail(file: FileHandle, path: string): Promise<LogTail> {
  const { size } = await file.stat();
  let tail = Buffer.alloc(0);
  let start = size;
  for (;;) {
    const found = findLastRecord(tail, start === 0, path);
    if (found !== undefined) return found;
    const length = Math.min(step, start);
    start -= length;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
    tail = Buffer.concat([buffer.subarray(0, bytesRead), tail]);
  }
}

/** Undefined where more has to be read. */
function findLastRecord(tail: Buffer, isWhole: boolean, path: string): LogTail | undefined {
  const isUnended = tail.length > 0 && tail.at(-1) !== lineEnd;
  let end = tail.lastIndexOf(lineEnd);
  if (end < 0 && isWhole) return tail.length > 0 ? { fragment: tail, isUnended } : { isUnended };
  while (end >= 0) {
    const before = end > 0 ? tail.lastIndexOf(lineEnd, end - 1) : -1;
    if (before < 0 && !isWhole) return undefined;
    const reading = readRecordLine(tail.subarray(before + 1, end));
    if ("record" in reading) {
      const fragment = tail.subarray(end + 1);
      return { last: reading.record, isUnended, ...(fragment.length > 0 ? { fragment } : {}) };
    }
    if (!reading.isCut) throw cannotContinue(path, reading.complaint);
    end = before;
  }
  if (isWhole) throw cannotContinue(path, "there is no record in it");
  return undefined;
}

function cannotContinue(path: string, reason: string): PpsError {
  return new PpsError("bad_input", `The audit log ${path} cannot be continued: at its end, ${reason}.`, {
    hint: "pps audit verify tells more. Move the file away and keep it; the server then begins a new one.",
  });
}
