import type { Output } from "../../../core/command.ts";
import type { ErrorCode, PpsError } from "../../../core/errors.ts";
import type { Json } from "../../../core/steps.ts";

/**
 * What became of one message.
 * `accepted`: PPS took the request and will carry it out (202). `planned`: a dry run. `failed`: surely not done.
 * `unknown`: it was sent, no usable answer came, and looking could not tell.
 */
export type OutcomeKind = "done" | "accepted" | "planned" | "refused" | "not_found" | "failed" | "unknown";

/** What became of one message of an action. */
export interface Outcome {
  localGuid: string;
  folder: string;
  guid?: string;
  outcome: OutcomeKind;
  /** PPS's own words where it gave any, else a sentence of ours. */
  message: string;
  code?: ErrorCode;
  status?: number;
  requestId?: string;
  hint?: string;
  /** What would be sent, in a dry run. */
  request?: { method: string; path: string; body: { [key: string]: Json } };
}

/** What stands beside the outcomes. */
export interface ActionResult {
  /** How many messages ended how. */
  counts: { [outcome: string]: number };
  notes: string[];
}

/** What each value of an outcome means; the same list as `Outcome`. */
export const outcomeOutputs: readonly Output[] = [
  { name: "localGuid", type: "string", description: "Id of the message in its folder, as it was given." },
  { name: "folder", type: "string", description: "Folder the message was in." },
  { name: "guid", type: "string", description: "Global id of the message, where it was given." },
  {
    name: "outcome",
    type: "string",
    description:
      "done, accepted (PPS will do it), planned (dry run), refused, not_found, failed (not done) or unknown.",
  },
  { name: "message", type: "string", description: "PPS's own words, or a sentence where it gave none." },
  { name: "code", type: "string", description: "Error code when the message was not handled." },
  { name: "status", type: "number", description: "HTTP status of PPS's answer." },
  { name: "requestId", type: "string", description: "Request id PPS sent back." },
  { name: "hint", type: "string", description: "What to do about it." },
  { name: "request", type: "object", description: "What would be sent, in a dry run." },
];

/** What a table of outcomes shows. */
export const outcomeColumns = ["outcome", "folder", "localGuid", "message"] as const;

/** An error that is the outcome of one message only. */
export function outcomeOf(
  error: PpsError,
): Pick<Outcome, "outcome" | "message" | "code" | "status" | "requestId" | "hint"> {
  const kinds: { [code: string]: OutcomeKind } = { refused: "refused", not_found: "not_found" };
  return {
    outcome: error.mayHaveHappened ? "unknown" : (kinds[error.code] ?? "failed"),
    message: error.message,
    code: error.code,
    ...(error.status === undefined ? {} : { status: error.status }),
    ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  };
}

/** How many messages ended how, by the name of the outcome. */
export function countOutcomes(outcomes: readonly Outcome[]): { [outcome: string]: number } {
  const counts: { [outcome: string]: number } = {};
  outcomes.forEach((outcome) => {
    counts[outcome.outcome] = (counts[outcome.outcome] ?? 0) + 1;
  });
  return counts;
}
