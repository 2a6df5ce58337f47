import type { RunContext } from "../../core/command.ts";
import { isPpsError } from "../../core/errors.ts";
import { ask, type Effect, found, type Json, pause, progress, type Steps, together } from "../../core/steps.ts";
import { requireSuccess, wordsOf } from "../answers.ts";
import { look } from "./look.ts";
import { type ActionResult, countOutcomes, type Outcome, outcomeOf } from "./outcome.ts";
import type { Target } from "./targets.ts";

/** Messages under way between two looks at whether to go on, at most. */
const largestChunk = 100;

/** Times to look again while PPS may still be at work, and the time between, in milliseconds. */
const laterLooks = [1000, 3000];

export interface Action {
  name: "release" | "resubmit" | "forward" | "move" | "delete";
  effect: Effect;
  /** Further fields of the request body, in wire order (pps-api.md 4.2). */
  extras: { [key: string]: Json };
  /** Where the message is afterwards: a folder, gone, or still where it was. */
  destination: { kind: "folder"; folder: string } | { kind: "gone" } | { kind: "stays" };
  /** True when doing it twice does no harm; release and forward deliver again (pps-api.md 4.1). */
  isRepeatable: boolean;
  /** Said when PPS answered without words. */
  sentence: (localGuid: string) => string;
}

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
  const outcomes: Outcome[] = [];
  let blocker: Outcome | undefined;
  // The first goes alone: a wrong password must not be tried a hundred times at once.
  for (let size = 1; outcomes.length < targets.length; size = Math.min(size * 4, largestChunk)) {
    const next = targets.slice(outcomes.length, outcomes.length + size);
    const reason = blocker;
    const handled = yield* together(
      next.map((target) => reportOn(reason ? tellNotSent(target, reason) : actOn(target, action, context))),
    );
    handled.forEach((outcome) => {
      outcomes.push(outcome);
    });
    blocker = blocker ?? findBlocker(handled);
    if (targets.length > largestChunk) yield* progress(`${outcomes.length} of ${targets.length} messages handled`);
  }
  return { counts: countOutcomes(outcomes), notes };
}

/** An outcome after which sending more is pointless: denied, busy or unreachable, or one lost answer after another. */
function findBlocker(outcomes: Outcome[]): Outcome | undefined {
  const failed = outcomes.filter((outcome) => outcome.outcome === "failed" && outcome.code !== "unexpected")[0];
  if (failed) return failed;
  const allLost = outcomes.length > 1 && outcomes.every((outcome) => outcome.outcome === "unknown");
  return allLost ? outcomes[0] : undefined;
}

/** Every outcome is handed on as soon as it is known, so that none is lost when the work is broken off. */
function* reportOn(job: Steps<Outcome>): Steps<Outcome> {
  const outcome = yield* job;
  yield* found([outcome]);
  return outcome;
}

// biome-ignore lint/correctness/useYield: it stands beside actOn, which asks
function* tellNotSent(target: Target, blocker: Outcome): Steps<Outcome> {
  return {
    ...identity(target),
    outcome: "failed",
    message: `Not sent, because an earlier message failed: ${blocker.message}`,
    ...(blocker.code ? { code: blocker.code } : {}),
  };
}

function identity(target: Target): Pick<Outcome, "localGuid" | "folder" | "guid"> {
  return { localGuid: target.localGuid, folder: target.folder, ...(target.guid ? { guid: target.guid } : {}) };
}

function* actOn(target: Target, action: Action, context: RunContext): Steps<Outcome> {
  const body: { [key: string]: Json } = {
    action: action.name,
    folder: target.folder,
    localguid: target.localGuid,
    ...action.extras,
  };
  if (context.dryRun) {
    const request = { method: "POST", path: "/quarantine", body };
    return { ...identity(target), outcome: "planned", message: `Would ${action.name}; nothing was sent.`, request };
  }
  const first = yield* send(target, action, body);
  if (first.outcome !== "unknown") return first;
  return yield* resolveUnknown(target, action, body, first, context);
}

function* send(target: Target, action: Action, body: { [key: string]: Json }): Steps<Outcome> {
  try {
    const reply = yield* ask({ method: "POST", path: "/quarantine", body, effect: action.effect, expect: "text" });
    requireSuccess(reply, {
      what: `the request to ${action.name} message ${target.localGuid} in folder ${target.folder}`,
      managedModule: "Quarantine",
      change: true,
    });
    return {
      ...identity(target),
      outcome: reply.status === 202 ? "accepted" : "done",
      message: wordsOf(reply) || action.sentence(target.localGuid),
      status: reply.status,
      ...(reply.requestId === undefined ? {} : { requestId: reply.requestId }),
    };
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return { ...identity(target), ...outcomeOf(error) };
  }
}

/** The answer was lost. Looks where the message is now before anything is repeated; what cannot be told stays unknown. */
function* resolveUnknown(
  target: Target,
  action: Action,
  body: { [key: string]: Json },
  lost: Outcome,
  context: RunContext,
): Steps<Outcome> {
  const { destination } = action;
  const unknown = (seen: string): Outcome => ({
    ...lost,
    outcome: "unknown",
    message: `${lost.message} ${seen}`,
    hint: `Whether the ${action.name} took effect is not known${action.isRepeatable ? "" : "; it was not repeated"}. Look at the message before you try again.`,
  });
  let before = yield* look(target, target.folder, context.now);
  if (destination.kind === "stays") {
    return unknown(
      before === "present"
        ? `The message is still in ${target.folder}, as it would be in either case.`
        : `The message was not seen in ${target.folder}.`,
    );
  }
  for (const milliseconds of before === "present" && !action.isRepeatable ? laterLooks : []) {
    if (before !== "present") break;
    yield* pause(milliseconds);
    before = yield* look(target, target.folder, context.now);
  }
  if (before === "absent") return yield* confirmArrival(target, action, lost, unknown, context);
  if (before === "unseen") {
    const isThere =
      destination.kind === "folder" && (yield* look(target, destination.folder, context.now)) === "present";
    if (isThere) return resolved(lost, `The answer was lost, but the message is now in ${destination.folder}.`);
    return unknown(`The message was not seen among the mail of the last 30 days in ${target.folder}.`);
  }
  if (before === "unclear") return unknown(`Looking for the message in ${target.folder} did not settle it.`);
  if (!action.isRepeatable) return unknown(`The message is still in ${target.folder}.`);
  const again = yield* send(target, action, body);
  if (again.outcome === "unknown") {
    return unknown(`The message was still in ${target.folder}, and a second try was lost too.`);
  }
  // Refused because the first try has taken effect meanwhile (pps-api.md 10, row 5).
  if (again.outcome === "not_found" || again.outcome === "refused") {
    if ((yield* look(target, target.folder, context.now)) === "absent") {
      return yield* confirmArrival(target, action, lost, unknown, context);
    }
  }
  return again;
}

/** The message has left its folder: done, if it is where the action was to put it. */
function* confirmArrival(
  target: Target,
  action: Action,
  lost: Outcome,
  unknown: (seen: string) => Outcome,
  context: RunContext,
): Steps<Outcome> {
  const { destination } = action;
  if (destination.kind !== "folder") {
    return resolved(lost, `The answer was lost, but the message has left ${target.folder}.`);
  }
  const after = yield* look(target, destination.folder, context.now);
  return after === "present"
    ? resolved(lost, `The answer was lost, but the message is now in ${destination.folder}.`)
    : unknown(`The message has left ${target.folder} but was not seen in ${destination.folder}.`);
}

function resolved(lost: Outcome, message: string): Outcome {
  return {
    localGuid: lost.localGuid,
    folder: lost.folder,
    ...(lost.guid ? { guid: lost.guid } : {}),
    outcome: "done",
    message,
  };
}
