import type { RunContext } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { found, type Steps } from "../../../core/steps.ts";
import { workInChunks } from "../../chunks.ts";
import { eachOnce } from "../../each-once.ts";
import type { ListName } from "../../lists/list-name.ts";
import type { ListOutcome } from "../../lists/list-outcome.ts";
import { noteIncomplete, type WrittenEntries } from "../../lists/written-entries.ts";
import { type ActionResult, countOutcomes, findBlocker, notSent, type Outcome } from "../../outcome.ts";
import { readLeaving, readSenderRows, readSenders } from "./senders.ts";
import { changeUserList, tellAll, type UserListChange, type UserListOrder } from "./user-change.ts";

/** Which entries of which users are meant, as a person wrote them. */
export interface UserListsOrder {
  list: ListName;
  action: "add" | "remove";
  written: WrittenEntries;
  /** Addresses, aliases or uids. */
  users: readonly string[];
  /** True lets entries through that the guard rails refuse; what is taken out is not guarded. @default false */
  override?: boolean;
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
  const { list, action, override = false } = order;
  const { rows, isIncomplete } = readSenderRows(order.written);
  const texts = rows.map((row) => row.entry);
  const placeOf = (index: number) => rows[index]?.place ?? "";
  const senders =
    action === "add"
      ? yield* readSenders(texts, { list, field: "entries", placeOf, override }, context)
      : { wanted: yield* readLeaving(texts), notes: [] };
  const notes = senders.notes.concat(noteIncomplete(isIncomplete));
  const removeField = readRemoveField(order);
  const each: UserListOrder = { list, action, wanted: senders.wanted, removeField, dryRun: context.dryRun };
  const users = eachOnce(order.users);
  const outcomes: ListOutcome[] = [];
  let blocker: Outcome | undefined;
  let replaces = false;
  yield* workInChunks({
    things: users,
    noun: "users",
    largest: largestChunk,
    begin: (user) => reportOn(blocker ? tellNotSent(user, each, blocker) : changeUserList(user, each, replaces)),
    learn(changes) {
      changes.forEach((change) => {
        for (const outcome of change.outcomes) outcomes.push(outcome);
        for (const note of change.notes) notes.push(note);
        replaces = replaces || change.replaces;
        if (change.isHarmed) blocker = blocker ?? tellingOf(change);
      });
      blocker = blocker ?? findBlocker(changes.map(tellingOf).filter((outcome) => outcome !== undefined));
    },
  });
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

function* tellNotSent(user: string, order: UserListOrder, blocker: Outcome): Steps<UserListChange> {
  const outcomes = tellAll(user, order, order.wanted, () => notSent(blocker));
  return { outcomes, notes: [], replaces: false, isHarmed: false };
}

function readRemoveField({ list, removeField = `delete${list}` }: UserListsOrder): string {
  if (!/^(blocklist|safelist)$/i.test(removeField)) return removeField;
  throw new PpsError("bad_input", `The field ${removeField} adds entries; it does not take any out.`, {
    field: "removeField",
  });
}
