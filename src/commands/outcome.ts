import type { Output } from "../core/command.ts";
import type { ErrorCode, PpsError } from "../core/errors.ts";
import { overhear } from "../core/overhearing.ts";
import type { Json, Steps } from "../core/steps.ts";

/**
 * What became of one thing that was to be changed.
 * `accepted`: PPS took the request and will carry it out. `unchanged`: it was so already. `planned`: a dry run.
 * `left`: found, and left as it is on purpose.
 * `failed`: surely not done. `unknown`: it was sent, no usable answer came, and looking could not tell.
 */
export type OutcomeKind =
  | "done"
  | "accepted"
  | "unchanged"
  | "planned"
  | "left"
  | "refused"
  | "not_found"
  | "failed"
  | "unknown";

const goodEnds: { readonly [outcome in OutcomeKind]: boolean } = {
  done: true,
  accepted: true,
  unchanged: true,
  planned: true,
  left: true,
  refused: false,
  not_found: false,
  failed: false,
  unknown: false,
};

/** False for what was not done, or may not have been. */
export function wentWell(outcome: OutcomeKind): boolean {
  return goodEnds[outcome] === true;
}

/** What an outcome says, whatever it is about. */
export interface Outcome {
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
  /** How many ended how. */
  counts: { [outcome: string]: number };
  notes: string[];
}

/** What each value of an outcome means; the same list as `Outcome`. */
export const outcomeOutputs: readonly Output[] = [
  {
    name: "outcome",
    type: "string",
    description:
      "done, accepted (PPS will do it), unchanged (it was so already), planned (dry run), refused, not_found, failed (not done) or unknown.",
  },
  { name: "message", type: "string", description: "PPS's own words, or a sentence where it gave none." },
  { name: "code", type: "string", description: "Error code when it was not done." },
  { name: "status", type: "number", description: "HTTP status of PPS's answer." },
  { name: "requestId", type: "string", description: "Request id PPS sent back." },
  { name: "hint", type: "string", description: "What to do about it." },
  { name: "request", type: "object", description: "What would be sent, in a dry run." },
];

/** An error that is the outcome of one thing only. */
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

/** How many ended how, by the name of the outcome. */
export function countOutcomes(outcomes: readonly Outcome[]): { [outcome: string]: number } {
  const counts: { [outcome: string]: number } = {};
  outcomes.forEach((outcome) => {
    counts[outcome.outcome] = (counts[outcome.outcome] ?? 0) + 1;
  });
  return counts;
}

/** Runs steps, and counts how many of the outcomes they hand on ended how. */
export function* countFound<T>(steps: Steps<T>): Steps<{ result: T; counts: { [outcome: string]: number } }> {
  const outcomes: Outcome[] = [];
  const result = yield* overhear(steps, (step) => {
    if (step.kind === "found") {
      step.items.forEach((item) => {
        outcomes.push(item as Outcome);
      });
    }
    return step;
  });
  return { result, counts: countOutcomes(outcomes) };
}

/** An outcome after which sending more is pointless: denied, busy or unreachable, or one lost answer after another. */
export function findBlocker(outcomes: readonly Outcome[]): Outcome | undefined {
  const failed = outcomes.filter((outcome) => outcome.outcome === "failed" && outcome.code !== "unexpected")[0];
  if (failed) return failed;
  const allLost = outcomes.length > 1 && outcomes.every((outcome) => outcome.outcome === "unknown");
  return allLost ? outcomes[0] : undefined;
}

/** What is said of the rest once something blocks the way. */
export function notSent(blocker: Outcome): Outcome {
  return {
    outcome: "failed",
    message: `Not sent, because an earlier one failed: ${blocker.message}`,
    ...(blocker.code ? { code: blocker.code } : {}),
  };
}
