import type { RunContext } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { found, progress, type Steps, together } from "../../../core/steps.ts";
import type { ListName } from "../../lists/list-name.ts";
import type { ListOutcome } from "../../lists/list-outcome.ts";
import { type ActionResult, countOutcomes, findBlocker, notSent, type Outcome } from "../../outcome.ts";
import { eachOnce } from "./each-once.ts";
import { readLeaving, readSenders } from "./senders.ts";
import { changeUserList, type UserListChange, type UserListOrder } from "./user-change.ts";

/** Which entries of which users are meant, as a person wrote them. */
export interface UserListsOrder {
  list: ListName;
  action: "add" | "remove";
  entries: readonly string[];
  /** Addresses, aliases or uids. */
  users: readonly string[];
  /** True lets entries through that the guard rails refuse. */
  override: boolean;
  /** The key of PPS's that takes entries out. @default deleteblocklist or deletesafelist (pps-api.md 6) */
  removeField?: string | undefined;
}

/** Users whose lists are changed side by side, at most. */
const largestChunk = 20;

/**
 * Adds entries to users' own lists, or takes them out, and hands on a `ListOutcome` for every user and entry. Throws
 * PpsError `bad_input` before anything is sent; what befalls one user is the outcome of that user's entries.
 */
export function* changeUserLists(order: UserListsOrder, context: RunContext): Steps<ActionResult> {
  const { list, entries, override } = order;
  const senders =
    order.action === "add"
      ? yield* readSenders(entries, { list, field: "entries", override }, context)
      : { wanted: yield* readLeaving(entries), notes: [] };
  const notes = senders.notes.slice();
  const each: UserListOrder = {
    list: order.list,
    action: order.action,
    wanted: senders.wanted,
    removeField: readRemoveField(order),
    dryRun: context.dryRun,
  };
  const users = eachOnce(order.users);
  const outcomes: ListOutcome[] = [];
  let blocker: Outcome | undefined;
  let replaces = false;
  let handled = 0;
  // The first goes alone: a wrong password must not be tried for every user, and it shows whether PPS replaces lists.
  for (let size = 1; handled < users.length; size = Math.min(size * 4, largestChunk)) {
    const next = users.slice(handled, handled + size);
    const reason: Outcome | undefined = blocker;
    const isKnownToReplace: boolean = replaces;
    const changes: UserListChange[] = yield* together(
      next.map((user) =>
        reportOn(reason ? tellNotSent(user, each, reason) : changeUserList(user, each, isKnownToReplace)),
      ),
    );
    for (const change of changes) {
      for (const outcome of change.outcomes) outcomes.push(outcome);
      for (const note of change.notes) notes.push(note);
      replaces = replaces || change.replaces;
      if (change.isHarmed) blocker = blocker ?? tellingOf(change);
    }
    blocker = blocker ?? findBlocker(changes.map(tellingOf).filter((outcome) => outcome !== undefined));
    handled += next.length;
    if (users.length > largestChunk) yield* progress(`${handled} of ${users.length} users handled`);
  }
  return { counts: countOutcomes(outcomes), notes };
}

/** The outcome that says how the requests for one user fared; what was so already was not asked for. */
function tellingOf({ outcomes }: UserListChange): ListOutcome | undefined {
  return outcomes.filter(({ outcome }) => outcome !== "unchanged")[0];
}

/** Every outcome is handed on as soon as it is known, so that none is lost when the work is broken off. */
function* reportOn(job: Steps<UserListChange>): Steps<UserListChange> {
  const change = yield* job;
  yield* found(change.outcomes);
  return change;
}

function* tellNotSent(user: string, { list, action, wanted }: UserListOrder, blocker: Outcome): Steps<UserListChange> {
  const outcomes = wanted.map(({ entry, value }) => ({ action, list, entry, value, user, ...notSent(blocker) }));
  return { outcomes, notes: [], replaces: false, isHarmed: false };
}

function readRemoveField({ list, removeField = `delete${list}` }: UserListsOrder): string {
  if (!/^(blocklist|safelist)$/i.test(removeField)) return removeField;
  throw new PpsError("bad_input", `The field ${removeField} adds entries; it does not take any out.`, {
    field: "removeField",
  });
}
