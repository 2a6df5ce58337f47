import { createHash } from "node:crypto";
import { type AuditRecord, beginning } from "./audit-record.ts";
import type { LogLine } from "./log-lines.ts";
import { readRecordLine } from "./record-line.ts";

/** Something at a line of the log. */
export interface Remark {
  /** From 1. */
  line: number;
  what: string;
}

/** What a line came to. */
export interface CheckedLine {
  record?: AuditRecord;
  /** What is not as the log was written. */
  problems: Remark[];
  /** What is odd and yet as it should be. */
  notes: Remark[];
}

/** Checks line after line that each record follows the one before. */
export interface Chain {
  check(line: LogLine): CheckedLine;
  /** Problems that show only once nothing follows. */
  end(): Remark[];
}

export function createChain(): Chain {
  let before: Pick<AuditRecord, "sequence" | "hash"> | undefined = { sequence: 0, hash: beginning };
  let fragment: { line: number; bytes: Buffer } | undefined;

  function takeFragment(): Remark[] {
    const what = "the line is no whole record, and no record behind it tells of it";
    const problems = fragment === undefined ? [] : [{ line: fragment.line, what }];
    fragment = undefined;
    return problems;
  }

  function checkFragment(record: AuditRecord, line: number): Pick<CheckedLine, "problems" | "notes"> {
    const told = record.kind === "opened" ? record.fragment : undefined;
    if (told === undefined) {
      const problems = takeFragment();
      // Where records were replaced by something else, their successor cannot fit.
      if (problems.length > 0) before = undefined;
      return { problems, notes: [] };
    }
    const bytes = fragment?.bytes ?? Buffer.alloc(0);
    if (createHash("sha256").update(bytes).digest("hex") === told.sha256) {
      const what = `the writer before died in the middle of a record; record ${record.sequence} tells of it`;
      const notes = [{ line: fragment?.line ?? line, what }];
      fragment = undefined;
      return { problems: [], notes };
    }
    fragment = undefined;
    return { problems: [{ line, what: "the half record that this record tells of is not above it" }], notes: [] };
  }

  return {
    check({ number, bytes, isEnded }) {
      if (!isEnded) {
        const what = "the last line is not whole: the writer died while it wrote, or the file was cut";
        return { problems: [...takeFragment(), { line: number, what }], notes: [] };
      }
      const reading = readRecordLine(bytes);
      if ("complaint" in reading) {
        if (reading.isCut) {
          const parts = fragment === undefined ? [bytes] : [fragment.bytes, Buffer.from("\n"), bytes];
          fragment = { line: fragment?.line ?? number, bytes: Buffer.concat(parts) };
          return { problems: [], notes: [] };
        }
        before = undefined;
        return { problems: [...takeFragment(), { line: number, what: reading.complaint }], notes: [] };
      }
      const { record } = reading;
      const { problems, notes } = checkFragment(record, number);
      const broken = before === undefined ? undefined : complainOfLink(record, before);
      if (broken !== undefined) problems.push({ line: number, what: broken });
      // A record out of its place is no measure for the next.
      if (before === undefined || record.sequence > before.sequence) before = record;
      return { record, problems, notes };
    },
    end: takeFragment,
  };
}

function complainOfLink(record: AuditRecord, before: Pick<AuditRecord, "sequence" | "hash">): string | undefined {
  const expected = before.sequence + 1;
  if (record.sequence > expected) {
    const last = record.sequence - 1;
    return last === expected
      ? `record ${last} is missing before it`
      : `records ${expected} to ${last} are missing before it`;
  }
  if (record.sequence < expected) {
    return `record ${record.sequence} stands behind record ${before.sequence}: it was doubled or moved`;
  }
  return record.previous === before.hash
    ? undefined
    : "it does not follow the record above: one of the two was replaced";
}
