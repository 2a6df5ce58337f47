import type { OutcomeKind } from "../../../commands/index.ts";
import type { Json } from "../../../core/steps.ts";
import type { AuditedItem, CallState, OutcomeRecord, Unlinked } from "./audit-record.ts";

/** What a call came to, as its caller is told. */
export interface CallOutcome {
  /** The items of the command's list so far; those with an `outcome` are recorded. */
  items?: readonly unknown[];
  /** What ended the call, if anything did. */
  error?: CallError;
  /** Request ids of PPS's answers, in their order. */
  ppsRequestIds?: readonly string[];
}

/** An error of a call. */
export interface CallError {
  code: string;
  message: string;
  /** True when a change may have been sent whose end is not known. */
  mayHaveHappened?: boolean | undefined;
}

/** What names the thing an outcome is about. What PPS said of it, or what stands in the mail, is no part of the log. */
const identities = ["action", "localGuid", "guid", "folder", "targetFolder", "list", "entry", "attribute", "operator"];
const endings = ["value", "user", "email", "outcome", "code", "status", "requestId"];
const recorded = [...identities, ...endings];

const successes: readonly OutcomeKind[] = ["done", "accepted", "unchanged", "planned"];

/** An outcome as it is recorded. */
export function summariseCall({
  items = [],
  error,
  ppsRequestIds = [],
}: CallOutcome): Omit<Unlinked<OutcomeRecord>, "kind" | "intent" | "requestId"> {
  const audited = items.filter(isOutcome).map(readItem);
  return {
    state: stateOf(audited, error),
    items: audited,
    ...(error === undefined ? {} : { error: { code: error.code, message: error.message } }),
    ppsRequestIds: [...ppsRequestIds],
  };
}

function stateOf(items: readonly AuditedItem[], error: CallError | undefined): CallState {
  if (error?.mayHaveHappened || items.some(({ outcome }) => outcome === "unknown")) return "unknown";
  const succeeded = items.filter(({ outcome }) => successes.includes(outcome)).length;
  if (error === undefined && succeeded === items.length) return "done";
  return succeeded > 0 ? "partial" : "failed";
}

function isOutcome(item: unknown): item is Record<string, unknown> {
  return typeof item === "object" && item !== null && "outcome" in item && typeof item.outcome === "string";
}

function readItem(item: Record<string, unknown>): AuditedItem {
  const kept = recorded.filter((name) => ["string", "number", "boolean"].includes(typeof item[name]));
  return Object.fromEntries(kept.map((name) => [name, item[name] as Json])) as AuditedItem;
}
