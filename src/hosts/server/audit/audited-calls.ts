import { isLocked } from "../state/file-lock.ts";
import type { CallState, IntentRecord, OutcomeRecord } from "./audit-record.ts";
import type { Remark } from "./chain.ts";
import { checkLog } from "./verification.ts";

/** One change: what was to be done, and what became of it. */
export interface AuditedCall extends Omit<IntentRecord, "kind" | "previous" | "hash"> {
  /** `running`: a server is at work and has recorded no outcome yet. */
  state: CallState | "running";
  /** What is to be said of the state. */
  message: string;
  /** When the outcome was recorded; null where none is. */
  ended: string | null;
  items: OutcomeRecord["items"];
  error: OutcomeRecord["error"] | null;
  ppsRequestIds: string[];
  intentHash: string;
  outcomeHash: string | null;
}

/** Which calls are meant; what is absent is not asked of them. */
export interface CallFilter {
  /** Not before, milliseconds since 1970, by the time of the intent. */
  since?: number | undefined;
  /** Before. */
  until?: number | undefined;
  who?: string | undefined;
  command?: string | undefined;
}

/** The calls of a log, in their order, and what is not as it was written: the calls are then not to be trusted. */
export interface AuditReading {
  calls: AuditedCall[];
  problems: Remark[];
}

/** Reads a log and brings intents and outcomes together. Throws PpsError `bad_input` where there is no log. */
export async function readCalls(path: string, filter: CallFilter = {}): Promise<AuditReading> {
  const calls: AuditedCall[] = [];
  const open = new Map<number, AuditedCall>();
  const problems: Remark[] = [];
  for await (const checked of checkLog(path)) {
    problems.push(...checked.problems);
    const { record } = checked;
    if (record?.kind === "intent" && matches(record, filter)) {
      const call = begin(record);
      open.set(record.sequence, call);
      calls.push(call);
    } else if (record?.kind === "outcome") {
      const call = open.get(record.intent);
      if (call !== undefined) finish(call, record);
      open.delete(record.intent);
    } else if (record?.kind === "opened" || record?.kind === "closed") {
      leaveUnknown(open);
    }
  }
  if (!isLocked(path)) leaveUnknown(open);
  return { calls, problems };
}

function matches({ time, who, command }: IntentRecord, filter: CallFilter): boolean {
  const at = Date.parse(time);
  return (
    (filter.since === undefined || at >= filter.since) &&
    (filter.until === undefined || at < filter.until) &&
    (filter.who === undefined || who === filter.who) &&
    (filter.command === undefined || command === filter.command)
  );
}

function begin({ kind: _, previous: __, hash, ...call }: IntentRecord): AuditedCall {
  return {
    ...call,
    state: "running",
    message: "",
    ended: null,
    items: [],
    error: null,
    ppsRequestIds: [],
    intentHash: hash,
    outcomeHash: null,
  };
}

function finish(call: AuditedCall, { state, time, items, error, ppsRequestIds, hash }: OutcomeRecord): void {
  Object.assign(call, { state, ended: time, items, error: error ?? null, ppsRequestIds, outcomeHash: hash });
  call.message = error?.message ?? countText(items);
}

/** Nobody is left who could record an outcome. */
function leaveUnknown(open: Map<number, AuditedCall>): void {
  for (const call of open.values()) {
    call.state = "unknown";
    call.message = "The server ended before an outcome was recorded; look before you repeat it.";
  }
  open.clear();
}

function countText(items: OutcomeRecord["items"]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of items) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(", ");
}
