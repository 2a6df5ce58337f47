import { isPpsError } from "../../../core/errors.ts";
import type { Steps } from "../../../core/steps.ts";
import { asSentence, noteOf } from "../../answers.ts";
import { contradiction, type ListName, otherList } from "../../lists/list-name.ts";
import type { ListOutcome } from "../../lists/list-outcome.ts";
import { type Outcome, outcomeOf } from "../../outcome.ts";
import type { UserProfile } from "../profile.ts";
import { fetchUser, userPath } from "../request.ts";
import { isAmong, without } from "./each-once.ts";
import { restoreLost } from "./restoring.ts";
import type { Wanted } from "./senders.ts";
import { type Carried, carryOut, type ListRequest, readListOf, toListBody, type UserList } from "./user-list.ts";

/** What is to become of the same list of several users. */
export interface UserListOrder {
  list: ListName;
  action: "add" | "remove";
  wanted: readonly Wanted[];
  /** The key of PPS's that takes entries out. */
  removeField: string;
  dryRun: boolean;
}

/** What became of one user's list. */
export interface UserListChange {
  outcomes: ListOutcome[];
  notes: string[];
  /** PPS put new entries in place of the earlier ones (pps-api.md 10, row 13). */
  replaces: boolean;
  /** Earlier entries are lost. */
  isHarmed: boolean;
}

/**
 * Changes one user's list: reads it, sends what is missing in one request, and reads it back. `replaces`: PPS is known
 * to replace lists, so that the earlier entries are sent along. Never throws PpsError.
 */
export function* changeUserList(user: string, order: UserListOrder, replaces: boolean): Steps<UserListChange> {
  const on: UserList = { user, list: order.list };
  const notes: string[] = [];
  const tell = (wanted: Wanted, outcome: Outcome): ListOutcome => ({
    action: order.action,
    list: order.list,
    entry: wanted.entry,
    value: wanted.value,
    user,
    ...outcome,
  });
  let profile: UserProfile;
  let before: string[];
  try {
    profile = yield* fetchUser(user);
    before = readListOf(profile, on);
  } catch (error) {
    if (!isPpsError(error)) throw error;
    const outcome = outcomeOf(error);
    return { outcomes: order.wanted.map((each) => tell(each, outcome)), notes, replaces, isHarmed: false };
  }
  const isAdding = order.action === "add";
  const wanted = isAdding ? order.wanted : order.wanted.map((each) => spellAsStored(each, before));
  const isOpen = (each: Wanted) => isAmong(each.value, before) !== isAdding;
  const values = without(
    wanted.filter(isOpen).map(({ value }) => value),
    [],
  );
  if (isAdding) {
    const both = wanted.filter(({ value }) => isAmong(value, profile[otherList(order.list)]));
    contradiction(
      order.list,
      `${user}'s`,
      both.map(({ entry }) => entry),
    ).forEach((note) => {
      notes.push(note);
    });
  }
  const request: ListRequest = isAdding
    ? { field: order.list, values: replaces ? before.concat(values) : values }
    : { field: order.removeField, values };
  const unchanged = (each: Wanted) => tell(each, { outcome: "unchanged", message: unchangedText(order, user) });
  if (values.length === 0) return { outcomes: wanted.map(unchanged), notes, replaces, isHarmed: false };
  if (order.dryRun) {
    const planned: Outcome = {
      outcome: "planned",
      message: `Would ${isAdding ? "add it to" : "take it from"} the ${order.list} of ${user}; nothing was sent.`,
      request: { method: "PUT", path: userPath(user), body: toListBody(request) },
    };
    const outcomes = wanted.map((each) => (isOpen(each) ? tell(each, planned) : unchanged(each)));
    return { outcomes, notes, replaces, isHarmed: false };
  }
  const isReached = (list: string[]) => values.every((value) => isAmong(value, list) === isAdding);
  const carried = yield* carryOut(on, request, isReached);
  const keep = isAdding ? before : without(before, values);
  if (carried.after === undefined && carried.sent.outcome !== "failed" && keep.length > 0 && isAdding) {
    notes.push(`Before, the ${order.list} of ${user} held ${keep.join(", ")}. Look whether they still stand there.`);
  }
  const lost = carried.after === undefined ? [] : without(keep, carried.after);
  const repair = lost.length === 0 ? undefined : yield* restoreLost(on, { keep, lost, values, carried, isAdding });
  if (repair !== undefined) notes.push(repair.note);
  const judge = judgeOf(order, user, repair?.after === undefined ? carried : { ...carried, after: repair.after });
  const outcomes = wanted.map((each) => {
    if (!isOpen(each)) return unchanged(each);
    const outcome = judge(each, values.length);
    if (repair === undefined) return tell(each, outcome);
    const message = `${asSentence(outcome.message)} ${repair.note}`;
    return tell(
      each,
      repair.isWhole ? { ...outcome, message } : { ...outcome, outcome: "failed", code: "unexpected", message },
    );
  });
  return { outcomes, notes, replaces: replaces || (isAdding && lost.length > 0), isHarmed: repair?.isWhole === false };
}

/** An entry to be taken out is looked for as PPS spells it, else as it was written. */
function spellAsStored(wanted: Wanted, list: readonly string[]): Wanted {
  const find = (text: string) => list.filter((entry) => isAmong(entry, [text]))[0];
  return { ...wanted, value: find(wanted.value) ?? find(wanted.given) ?? wanted.value };
}

function unchangedText({ action, list }: UserListOrder, user: string): string {
  return action === "add" ? `Stands on the ${list} of ${user} already.` : `Does not stand on the ${list} of ${user}.`;
}

/** Tells of each entry by what PPS answered and what its list shows. */
function judgeOf(
  order: UserListOrder,
  user: string,
  { sent, after, blind }: Carried,
): (each: Wanted, sentTogether: number) => Outcome {
  const isAdding = order.action === "add";
  const place = `the ${order.list} of ${user}`;
  const unknown = (message: string): Outcome => ({
    ...sent,
    outcome: "unknown",
    message,
    hint: `Whether the entry was ${isAdding ? "added" : "taken out"} is not known. List the entries of the user before you try again.`,
  });
  return (each, sentTogether) => {
    if (after === undefined) {
      if (blind === undefined || sent.outcome === "refused") return sent;
      const begin = sent.outcome === "done" ? "PPS took the request." : asSentence(sent.message);
      return unknown(`${begin} Reading the list back failed: ${noteOf(blind)}`);
    }
    if (isAmong(each.value, after) === isAdding) {
      const done = isAdding ? `Added to ${place}.` : `Taken from ${place}.`;
      const seen = `The answer was lost, but the entry ${isAdding ? "stands on" : "has left"} ${place}.`;
      return {
        ...(sent.outcome === "done" ? sent : {}),
        outcome: "done",
        message: sent.outcome === "done" ? done : seen,
      };
    }
    if (sent.outcome === "unknown") {
      return unknown(
        `${asSentence(sent.message)} The entry ${isAdding ? "does not stand on" : "still stands on"} ${place}.`,
      );
    }
    if (isAdding) {
      if (sent.outcome === "done") return unknown(`PPS took the request, but the entry does not stand on ${place}.`);
      const hint = "PPS is sent all entries of a user together; try fewer, to learn which it refuses.";
      return sentTogether > 1 ? { ...sent, hint: sent.hint ?? hint } : sent;
    }
    const message =
      sent.outcome === "done"
        ? `PPS took the request, but the entry still stands on ${place}: this PPS does not know the field ${order.removeField}.`
        : sent.message;
    return {
      ...sent,
      outcome: "refused",
      code: "refused",
      message,
      hint: "Name the field that takes entries out, if you know it, by removeField.",
    };
  };
}
