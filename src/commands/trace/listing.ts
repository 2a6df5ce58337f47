import { PpsError } from "../../core/errors.ts";
import { ask, found, progress, type Steps } from "../../core/steps.ts";
import { formatTime } from "../../core/time.ts";
import { cleanLine, requireSuccess } from "../answers.ts";
import { clockSlack } from "../clock-slack.ts";
import { readText, readTraceAnswer, readTraceTime, toTraceTime, type WireRecord, withoutBrackets } from "../wire.ts";
import { readTraceRecord } from "./record.ts";

const second = 1000;

/** Records asked for in one call; clients in the field ask for 100, the server's own ceiling is not public. */
const asked = 1000;

/** An answer below this is taken as whole. */
const surelyBelowCeiling = 100;

/** What has been seen of how many records PPS gives at once: an answer with fewer than that is whole. */
export interface SeenAnswers {
  largest: number;
}

/** What to look for in the trace; absent fields match everything. Times in milliseconds since 1970. */
export interface TraceQuery {
  action?: string | undefined;
  since: number;
  until?: number | undefined;
  virus?: string[] | undefined;
  sender?: string | undefined;
  recipient?: string | undefined;
  attachment?: string[] | undefined;
  queueId?: string | undefined;
  host?: string | undefined;
  sid?: string | undefined;
  subject?: string | undefined;
  guid?: string | undefined;
  messageId?: string | undefined;
  limit: number;
  /** What earlier searches have shown of PPS's answers, and this one adds to; so that fewer are asked for twice. */
  seen?: SeenAnswers | undefined;
  /** Each record carries PPS's own. */
  keepsRecords?: boolean | undefined;
}

/** How complete a search of the trace is. */
export interface TraceListing {
  /** True when the list is known to lack records; `notes` say which and why. */
  truncated: boolean;
  requests: number;
  notes: string[];
}

interface Span {
  start: number;
  end: number;
}

/**
 * Smart Search over one time, however many records there are, newest first.
 *
 * An answer has no count and no paging (pps-api.md 5), so one that may have been cut is asked again in two halves, the
 * newer first. It counts as whole when a larger one has been seen, for then it was below the ceiling. Each call asks for
 * a second more on both sides, as it is not public whether the edges are inclusive, and what lies outside is dropped.
 */
export function* searchTrace(query: TraceQuery, now: number): Steps<TraceListing> {
  const first = Math.floor(query.since / second) * second;
  const last = Math.floor((query.until ?? Math.max(query.since, now) + clockSlack) / second) * second;
  const spans: Span[] = [{ start: first, end: last }];
  const undated: Record<string, true> = {};
  const notes: string[] = [];
  const seen = query.seen ?? { largest: 0 };
  let requests = 0;
  let listed = 0;
  let isTruncated = false;

  function* search(span: Span, slack: number): Steps<{ records: WireRecord[]; isWhole: boolean }> {
    const records = yield* searchSpan(query, { start: span.start - slack, end: span.end + slack });
    requests++;
    refuseOtherTimes(records, span);
    const isWhole = records.length < seen.largest || records.length < surelyBelowCeiling;
    seen.largest = Math.max(seen.largest, records.length);
    return { records, isWhole };
  }

  while (spans.length > 0) {
    const span = spans.pop() as Span;
    let { records, isWhole } = yield* search(span, second);
    // Without any date nothing tells the halves apart: the same records would come for every second.
    if (!isWhole && span.end > span.start && records.some((record) => readTraceTime(record.Date) !== null)) {
      const middle = Math.floor((span.start + span.end) / 2 / second) * second;
      spans.push({ start: span.start, end: middle }, { start: middle + second, end: span.end });
      yield* progress(`${listed} records listed`);
      continue;
    }
    if (!isWhole) {
      const exact = yield* search(span, 0);
      if (exact.isWhole && exact.records.length > 0) ({ records, isWhole } = exact);
    }
    if (!isWhole) {
      isTruncated = true;
      notes.push(`More records may lie ${describeSpan(span)} than PPS gives in one answer; narrow the search.`);
    }
    const inside = newestFirst(records, span, undated);
    const taken = inside.slice(0, query.limit - listed);
    yield* found(taken.map((record) => readTraceRecord(record, query.keepsRecords)));
    listed += taken.length;
    if (taken.length < inside.length) {
      isTruncated = true;
      notes.push(`Cut at the limit of ${query.limit}; older records match too.`);
      break;
    }
  }
  if (listed === 0 && last > now) notes.push("Nothing found; mail of the last minutes may not be in the trace yet.");
  return { truncated: isTruncated, requests, notes };
}

/**
 * Records that all lie outside the time asked for tell that PPS did not heed it or writes times otherwise than is known.
 * Dropped, they would look like nothing found, and halving would go on for every second there is.
 */
function refuseOtherTimes(records: WireRecord[], span: Span): void {
  const isOutside = records.every((record) => {
    const time = readTraceTime(record.Date);
    return time !== null && (time < span.start - second || time > span.end + second);
  });
  if (records.length === 0 || !isOutside) return;
  const example = cleanLine(readText(records[0]?.Date));
  throw new PpsError("unexpected", `PPS answered the trace search with another time than was asked for: ${example}.`, {
    hint: "Compare with a search in the management interface; PPS may write its times in a way that is not known here.",
  });
}

function describeSpan({ start, end }: Span): string {
  return start === end ? `in the second ${formatTime(start)}` : `between ${formatTime(start)} and ${formatTime(end)}`;
}

/** The records of a span, newest first; one whose date cannot be read is kept the first time it comes. */
function newestFirst(records: WireRecord[], span: Span, undated: Record<string, true>): WireRecord[] {
  return records
    .map((record, index) => ({ record, index, time: readTraceTime(record.Date) }))
    .filter(({ record, time }) => {
      if (time !== null) return time >= span.start && time <= span.end;
      const key = JSON.stringify(record);
      if (undated[key]) return false;
      undated[key] = true;
      return true;
    })
    .sort((one, other) => (other.time ?? span.start) - (one.time ?? span.start) || one.index - other.index)
    .map((ranked) => ranked.record);
}

function* searchSpan(query: TraceQuery, span: Span): Steps<WireRecord[]> {
  const what = "the trace search";
  const parameters: [string, string | undefined][] = [
    ["action", query.action],
    ["from", toTraceTime(span.start)],
    ["to", toTraceTime(span.end)],
    ["virus", query.virus?.join(",")],
    ["env_from", query.sender],
    ["env_rcpt", query.recipient],
    ["attach", query.attachment?.join(",")],
    ["qid", query.queueId],
    ["host", query.host],
    ["sid", query.sid],
    ["subject", query.subject],
    ["guid", query.guid],
    ["hdr_mid", query.messageId && `<${withoutBrackets(query.messageId)}>`],
    ["count", String(asked)],
  ];
  const given: [string, string][] = [];
  parameters.forEach(([name, value]) => {
    if (value !== undefined) given.push([name, value]);
  });
  const reply = yield* ask({ method: "GET", path: "/pss/filter", query: given, effect: "read", expect: "text" });
  // A missing API must not pass for a search that found nothing.
  if (reply.status === 404) {
    throw new PpsError("refused", "PPS has no Smart Search at this address (404).", {
      status: 404,
      hint: "Check the address, and that the Smart Search module is installed.",
    });
  }
  requireSuccess(reply, { what, access: "pss" });
  return readTraceAnswer(reply, what);
}
