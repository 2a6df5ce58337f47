import type { RunContext } from "../../../core/command.ts";
import { found, type Steps } from "../../../core/steps.ts";
import { workInChunks } from "../../chunks.ts";
import { type ActionResult, countOutcomes, findBlocker, notSent, type Outcome } from "../../outcome.ts";
import { resolveLostAnswer } from "./lost-answer.ts";
import type { MessageOutcome } from "./message-outcome.ts";
import { type Action, identityOf, send, toBody } from "./send.ts";
import type { Target } from "./targets.ts";

/** Messages under way between two looks at whether to go on, at most. */
const largestChunk = 100;

/**
 * Acts on each message by a request of its own, so that each has its own outcome. Nothing is sent in a dry run.
 * Stops sending when the account is denied or PPS does not answer any more; the rest is then reported as not done.
 */
export function* actOnAll(
  targets: Target[],
  action: Action,
  context: RunContext,
  notes: string[],
): Steps<ActionResult> {
  const outcomes: MessageOutcome[] = [];
  let blocker: Outcome | undefined;
  yield* workInChunks({
    things: targets,
    noun: "messages",
    largest: largestChunk,
    begin: (target) => reportOn(blocker ? tellNotSent(target, blocker) : actOn(target, action, context)),
    learn(handled) {
      handled.forEach((outcome) => {
        outcomes.push(outcome);
      });
      blocker = blocker ?? findBlocker(handled);
    },
  });
  return { counts: countOutcomes(outcomes), notes };
}

/** Every outcome is handed on as soon as it is known, so that none is lost when the work is broken off. */
function* reportOn(job: Steps<MessageOutcome>): Steps<MessageOutcome> {
  const outcome = yield* job;
  yield* found([outcome]);
  return outcome;
}

// biome-ignore lint/correctness/useYield: it stands beside actOn, which asks
function* tellNotSent(target: Target, blocker: Outcome): Steps<MessageOutcome> {
  return { ...identityOf(target), ...notSent(blocker) };
}

function* actOn(target: Target, action: Action, context: RunContext): Steps<MessageOutcome> {
  if (context.dryRun) {
    const request = { method: "POST", path: "/quarantine", body: toBody(target, action) };
    return { ...identityOf(target), outcome: "planned", message: `Would ${action.name}; nothing was sent.`, request };
  }
  const first = yield* send(target, action);
  if (first.outcome !== "unknown") return first;
  return yield* resolveLostAnswer(target, action, first, context);
}
