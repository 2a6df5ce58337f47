import { wentWell } from "../../../commands/outcome.ts";
import { isPpsError } from "../../../core/errors.ts";
import type { Json } from "../../../core/steps.ts";
import type { AuditedItem, CallState, OutcomeRecord, Unlinked } from "./audit-record.ts";

/** What a call came to, as its caller is told. */
export interface CallOutcome {
  /** The items of the command's list so far; those with an `outcome` are recorded. */
  items?: readonly unknown[];
  /** What ended the call, if anything did: a PpsError, or a fault of the server's own. */
  error?: unknown;
  /** Request ids of PPS's answers, in their order. */
  ppsRequestIds?: readonly string[];
}

/** What names the thing an outcome is about. What PPS said of it, or what stands in the mail, is no part of the log. */
const identities = ["action", "localGuid", "guid", "folder", "list", "entry", "attribute", "operator"];
const endings = ["value", "user", "email", "outcome", "code", "status", "requestId"];
const recorded = [...identities, ...endings];

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
    ...(error === undefined ? {} : { error: readError(error) }),
    ppsRequestIds: [...ppsRequestIds],
  };
}

function stateOf(items: readonly AuditedItem[], error: unknown): CallState {
  // A fault of ours may strike after a change was sent.
  if (error !== undefined && (!isPpsError(error) || error.mayHaveHappened)) return "unknown";
  if (items.some(({ outcome }) => outcome === "unknown")) return "unknown";
  const succeeded = items.filter(({ outcome }) => wentWell(outcome)).length;
  if (error === undefined && succeeded === items.length) return "done";
  return succeeded > 0 ? "partial" : "failed";
}

function readError(error: unknown): OutcomeRecord["error"] & object {
  if (isPpsError(error)) return { code: error.code, message: error.message };
  return { code: "fault", message: "A fault of the server; its own log says more." };
}

function isOutcome(item: unknown): item is Record<string, unknown> {
  return typeof item === "object" && item !== null && "outcome" in item && typeof item.outcome === "string";
}

function readItem(item: Record<string, unknown>): AuditedItem {
  const kept = recorded.filter((name) => ["string", "number", "boolean"].includes(typeof item[name]));
  return Object.fromEntries(kept.map((name) => [name, item[name] as Json])) as AuditedItem;
}
