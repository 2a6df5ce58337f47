import { isPpsError } from "../../../core/errors.ts";
import { ask, type Effect, found, progress, type Steps } from "../../../core/steps.ts";
import { asSentence, requireSuccess } from "../../answers.ts";
import { notSent, type Outcome, outcomeOf } from "../../outcome.ts";
import type { ListOutcome } from "../list-outcome.ts";
import { amongCriteria, type Criterion } from "./criterion.ts";
import { type OrganisationEntry, type OrganisationList, readOrganisationList, toChange } from "./organisation-list.ts";

/** One entry to be added or taken out. */
export interface Change {
  action: "add" | "remove";
  entry: OrganisationEntry;
}

/** How the changes are to be made. */
export interface ChangeOrder {
  on: OrganisationList;
  changes: readonly Change[];
  effect: Effect;
  dryRun: boolean;
}

/** How often the list is looked at again for changes whose answers were lost or refused for the moment. */
const mostRounds = 4;

/** Failures one after another after which sending more is pointless. */
const mostFailuresInARow = 5;

/**
 * Makes the changes one after another, as the API takes them, and hands on an outcome for each. What became of a lost
 * answer is read from the list; what surely was not done is tried again. Both are safe: a second addition is refused
 * as a duplicate, and a second deletion finds nothing.
 */
export function* makeChanges({ on, changes, effect, dryRun }: ChangeOrder): Steps<ListOutcome[]> {
  const settled: ListOutcome[] = [];
  function* settle(change: Change, outcome: Outcome): Steps<void> {
    const told = { ...identityOf(on, change), ...outcome };
    settled.push(told);
    yield* found([told]);
  }
  if (dryRun) {
    const planned = planChanges({ on, changes, effect });
    yield* found(planned);
    return planned;
  }
  let open = changes.slice();
  for (let round = 1; open.length > 0; round++) {
    const unsettled: { change: Change; outcome: Outcome }[] = [];
    let blocker: Outcome | undefined;
    let failures = 0;
    for (const change of open) {
      const outcome = blocker === undefined ? yield* send(on, change, effect) : notSent(blocker);
      failures = isPassing(outcome) ? failures + 1 : 0;
      if (outcome.code === "denied" || failures === mostFailuresInARow) blocker = blocker ?? outcome;
      if (isOpen(change, outcome)) unsettled.push({ change, outcome });
      else yield* settle(change, outcome);
      if (changes.length > 10) yield* progress(`${settled.length} of ${changes.length} entries handled`);
    }
    if (unsettled.length === 0) break;
    const stands = yield* lookUp(on);
    open = [];
    for (const { change, outcome } of unsettled) {
      if (stands === undefined) yield* settle(change, outcome);
      else if (stands(change.entry) === (change.action === "add")) yield* settle(change, resolved(on, change, outcome));
      else if (isPassing(outcome) && blocker === undefined && round < mostRounds) open.push(change);
      else yield* settle(change, seenUndone(on, outcome));
    }
  }
  return settled;
}

/** What would be sent. */
export function planChanges({ on, changes, effect }: Omit<ChangeOrder, "dryRun">): ListOutcome[] {
  return changes.map((change) => ({ ...identityOf(on, change), ...planOf(on, change, effect) }));
}

/** What an outcome says of the entry it is about. */
export function identityOf(
  { list }: OrganisationList,
  { action, entry }: Change,
): Pick<ListOutcome, "action" | "list" | "entry" | "attribute" | "operator" | "value"> {
  const { attribute, operator, value } = entry;
  return { action, list, entry: value, attribute, operator, value };
}

function planOf(on: OrganisationList, change: Change, effect: Effect): Outcome {
  const { method, path, body = {} } = toChange(on, change.action, change.entry, effect);
  return {
    outcome: "planned",
    message: `Would ${change.action}; nothing was sent.`,
    request: { method, path: `${path}?clusterId=${encodeURIComponent(on.clusterId)}`, body },
  };
}

/** Sends one change and tells what came of it; never throws PpsError. */
function* send(on: OrganisationList, change: Change, effect: Effect): Steps<Outcome> {
  const { action, entry } = change;
  try {
    const reply = yield* ask(toChange(on, action, entry, effect));
    // A duplicate is known by this text alone; any other 400 is none (pps-api.md 7).
    if (action === "add" && reply.status === 400 && reply.text.indexOf("duplicate.entry") >= 0) {
      return { outcome: "unchanged", message: `It stands on the ${on.list} already.`, status: reply.status };
    }
    requireSuccess(reply, {
      what: `the request to ${action} ${entry.value} ${action === "add" ? "to" : "from"} the organisation's ${on.list}`,
      access: "Threat Protection",
      change: true,
    });
    return {
      outcome: "accepted",
      message: acceptedMessage(action),
      status: reply.status,
      ...(reply.requestId === undefined ? {} : { requestId: reply.requestId }),
    };
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return outcomeOf(error);
  }
}

/** How long PPS takes until its filters follow the list is not public, so that nobody is told it is in force. */
function acceptedMessage(action: "add" | "remove"): string {
  return `${action === "add" ? "Added" : "Removed"}; PPS follows in its own time.`;
}

/** True for what was lost or met a passing failure; another try may go better. */
function isPassing({ outcome, code }: Outcome): boolean {
  return outcome === "unknown" || code === "busy" || code === "unreachable";
}

/** True where only the list can tell what came of it; how an absent entry's deletion is answered is not public. */
function isOpen({ action }: Change, outcome: Outcome): boolean {
  const isRefused = outcome.outcome === "refused" || outcome.outcome === "not_found";
  return isPassing(outcome) || (action === "remove" && isRefused);
}

/** Tells of an entry whether it stands on the list now; undefined when the list cannot be read. */
function* lookUp(on: OrganisationList): Steps<((entry: Criterion) => boolean) | undefined> {
  try {
    return amongCriteria(yield* readOrganisationList(on));
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return undefined;
  }
}

/** The list is now as was asked, although no good answer came. */
function resolved(on: OrganisationList, { action }: Change, { outcome, message }: Outcome): Outcome {
  if (outcome !== "unknown") {
    const state = action === "add" ? "It stands on" : "It is not on";
    return { outcome: "unchanged", message: `${state} the ${on.list} now.` };
  }
  return { outcome: "accepted", message: `${asSentence(message)} ${acceptedMessage(action)}` };
}

/** The list was read again and is not as was asked. A change that was sent may still be under way. */
function seenUndone(on: OrganisationList, outcome: Outcome): Outcome {
  if (outcome.outcome !== "unknown") return outcome;
  return { ...outcome, message: `${asSentence(outcome.message)} The ${on.list} does not show it yet.` };
}
