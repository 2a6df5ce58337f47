import type { OutcomeKind } from "../../../commands/index.ts";
import { isPpsError } from "../../../core/errors.ts";
import type { Json } from "../../../core/steps.ts";
import type { AuditedItem, CallState, OutcomeRecord, Unlinked } from "./audit-record.ts";

/** What a call came to, as its caller saw it. */
export interface CallOutcome {
  /** The items of a command whose items have an `outcome`. */
  items?: readonly unknown[];
  /** What ended the call, if anything did. */
  error?: unknown;
  /** Request ids of PPS's answers, in their order. */
  ppsRequestIds?: readonly string[];
}

/** What names the thing an outcome is about; what PPS said of it, or what stands in the mail, is no part of the log. */
const identities = ["localGuid", "guid", "folder", "targetFolder", "action", "list", "entry", "attribute", "operator"];
identities.push("value", "user", "email", "clusterId");

const endings = ["outcome", "code", "status", "requestId"];

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
  const outcomes = items.map(({ outcome }) => outcome);
  // A fault of ours may strike after a change was sent.
  if (error !== undefined && (!isPpsError(error) || error.mayHaveHappened)) return "unknown";
  if (outcomes.includes("unknown")) return "unknown";
  const good: readonly OutcomeKind[] = ["done", "accepted", "unchanged", "planned"];
  const succeeded = outcomes.filter((outcome) => good.includes(outcome)).length;
  if (error === undefined && succeeded === outcomes.length) return "done";
  return succeeded > 0 ? "partial" : "failed";
}

function isOutcome(item: unknown): item is Record<string, unknown> & { outcome: OutcomeKind } {
  return typeof item === "object" && item !== null && typeof (item as { outcome?: unknown }).outcome === "string";
}

function readItem(item: Record<string, unknown> & { outcome: OutcomeKind }): AuditedItem {
  const kept = [...identities, ...endings].filter((name) =>
    ["string", "number", "boolean"].includes(typeof item[name]),
  );
  return Object.fromEntries(kept.map((name) => [name, item[name] as Json])) as AuditedItem;
}

function readError(error: unknown): { code: string; message: string } {
  if (isPpsError(error)) return { code: error.code, message: error.message };
  return { code: "fault", message: "A fault of the server; its own log has more." };
}
