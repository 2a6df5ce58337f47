import { PpsError } from "../core/errors.ts";
import type { Json, Reply } from "../core/steps.ts";
import { cleanLine, parseJson, wordsOf, wrongPlaceHint } from "./answers.ts";

/** A record as PPS sent it, under PPS's own keys. */
export type WireRecord = { [key: string]: Json };

/** A quarantine search's answer. `limit` is the server's cap, when it says so (pps-api.md 2.3). */
export interface SearchAnswer {
  records: WireRecord[];
  /** The server's own number; it may exceed the records when the answer was cut. */
  count: number | undefined;
  limit: number | undefined;
  /** PPS's clock when it answered, milliseconds since 1970, when its Date header says so. */
  serverTime?: number;
}

/** Reads a quarantine search's answer. Anything but a list of records is an error, never "nothing found" (pps-api.md 2.3). */
export function readSearchAnswer(reply: Reply, what: string): SearchAnswer {
  const body = parseJson(reply.text);
  if (Array.isArray(body)) return { records: readRecords(body, reply, what), count: undefined, limit: undefined };
  if (!isRecord(body) || (body.records === undefined && body.count === undefined && body.meta === undefined)) {
    throw unreadable(reply, what);
  }
  const records = body.records === undefined || body.records === null ? [] : body.records;
  if (!Array.isArray(records)) throw unreadable(reply, what);
  const count = readNumber(body.count);
  if (records.length === 0 && count !== null && count > 0) throw unreadable(reply, what);
  const meta = isRecord(body.meta) ? body.meta : {};
  const limit = readNumber(meta.limit);
  return {
    records: readRecords(records, reply, what),
    count: count ?? undefined,
    limit: limit !== null && limit > 0 ? limit : undefined,
  };
}

/** Reads Smart Search's answer; an empty list, a missing key and an empty body all mean none (pps-api.md 5). */
export function readTraceAnswer(reply: Reply, what: string): WireRecord[] {
  if (reply.text.trim() === "") return [];
  const body = parseJson(reply.text);
  if (!isRecord(body)) throw unreadable(reply, what);
  const result = body.result ?? [];
  const foreign = body.result === undefined && Object.keys(body).length > 0;
  if (foreign || !Array.isArray(result)) throw unreadable(reply, what);
  return readRecords(result, reply, what);
}

function readRecords(list: Json[], reply: Reply, what: string): WireRecord[] {
  return list.map((record) => {
    if (!isRecord(record)) throw unreadable(reply, what);
    return record;
  });
}

function unreadable(reply: Reply, what: string): PpsError {
  const words = wordsOf(reply);
  const shown = words === "" ? "an empty answer" : cleanLine(words).slice(0, 200);
  return new PpsError("unexpected", `PPS answered ${what} with something that is no list of records: ${shown}`, {
    status: reply.status,
    requestId: reply.requestId,
    hint: wrongPlaceHint,
  });
}

/** True for a JSON object. */
export function isRecord(value: Json | undefined): value is WireRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** PPS sends numbers as numbers or as texts (pps-api.md 2.4); null when it is neither. */
export function readNumber(value: Json | undefined): number | null {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** A scalar as text; "" for anything else. */
export function readText(value: Json | undefined): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** A Message-ID as it is shown and compared; users and servers write it with angle brackets or without. */
export function withoutBrackets(messageId: string): string {
  return messageId.replace(/^<|>$/g, "");
}

/** A list may come as a list, as one text, or not at all. */
export function readTexts(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.map(readText).filter((text) => text !== "");
  const text = readText(value);
  return text === "" ? [] : [text];
}

/** Quarantine times are UTC without a zone (pps-api.md 2.4); milliseconds since 1970, null when unreadable. */
export function readQuarantineTime(value: Json | undefined): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(readText(value));
  if (!match) return null;
  const [year = 0, month = 0, day, hour, minute, second] = match.slice(1).map(Number);
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC takes a 13th month for the next January.
  return toQuarantineTime(time) === match[0].replace("T", " ") ? time : null;
}

/** `YYYY-MM-DD HH:MM:SS` in UTC, the form of `startdate` and `enddate` (pps-api.md 2.1). */
export function toQuarantineTime(time: number): string {
  return toSecond(time).replace("T", " ");
}

/** Smart Search times stand in the cluster's zone with the offset in brackets, `2026-03-04 05:06:07 [UTC-0600]` (pps-api.md 5). */
export function readTraceTime(value: Json | undefined): number | null {
  const text = readText(value);
  const local = readQuarantineTime(text);
  if (local === null) return null;
  const offset = /\[UTC([+-])(\d\d):?(\d\d)\]/.exec(text);
  if (!offset) return local;
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  return local - (offset[1] === "-" ? -minutes : minutes) * 60_000;
}

/** ISO 8601 with an offset without colon, the only form 8.14 takes (pps-api.md 5). */
export function toTraceTime(time: number): string {
  return `${toSecond(time)}+0000`;
}

/** Slack behind "until the end of 9999" must not need a fifth digit. */
function toSecond(time: number): string {
  return new Date(Math.min(time, 253_402_300_799_000)).toISOString().slice(0, 19);
}
