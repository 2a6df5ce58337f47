import { type AuditRecord, formatRecord, hashOf } from "./audit-record.ts";

/** A line of the log read: a record, or why it is none; `isCut` where it is nothing whole, as a writer that died leaves it. */
export type LineReading = { record: AuditRecord } | { complaint: string; isCut: boolean };

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads one line, without its line end. The record is as it was written, or there is a complaint. */
export function readRecordLine(line: Uint8Array): LineReading {
  let text: string;
  let record: unknown;
  try {
    text = decoder.decode(line);
    record = JSON.parse(text);
  } catch {
    return { complaint: "the line is no whole record", isCut: true };
  }
  if (!isRecord(record)) return { complaint: "the line is not a record of this log", isCut: false };
  // Blanks and the like would not show in the hash.
  if (formatRecord(record) !== text)
    return { complaint: "the record is not written as the log writes it", isCut: false };
  if (hashOf(record) !== record.hash) return { complaint: "the record does not agree with its own hash", isCut: false };
  return { record };
}

/** The kinds of record, each with the kind of value that readers of the log rely on. */
const members: Readonly<Record<AuditRecord["kind"], Readonly<Record<string, (value: unknown) => boolean>>>> = {
  opened: { fragment: (value) => value === undefined || typeof value === "object" },
  closed: {},
  intent: { requestId: isText, who: isText, command: isText, effect: isText, arguments: isObject },
  outcome: {
    requestId: isText,
    intent: Number.isSafeInteger,
    state: isText,
    items: isListOfObjects,
    ppsRequestIds: Array.isArray,
  },
};

function isRecord(value: unknown): value is AuditRecord {
  if (!isObject(value)) return false;
  const { kind, sequence, time, previous, hash } = value;
  if (typeof kind !== "string" || !Object.hasOwn(members, kind)) return false;
  const own = Object.entries(members[kind as AuditRecord["kind"]]);
  return (
    Number.isSafeInteger(sequence) &&
    isText(time) &&
    isText(previous) &&
    isText(hash) &&
    own.every(([name, accepts]) => accepts(value[name]))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every(isObject);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
