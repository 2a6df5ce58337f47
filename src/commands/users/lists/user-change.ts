import { isPpsError } from "../../../core/errors.ts";
import type { Steps } from "../../../core/steps.ts";
import { asSentence } from "../../answers.ts";
import { among, eachOnce, keyOf, without } from "../../each-once.ts";
import { contradiction, type ListName, otherList } from "../../lists/list-name.ts";
import type { ListOutcome } from "../../lists/list-outcome.ts";
import { type Outcome, outcomeOf } from "../../outcome.ts";
import type { UserProfile } from "../profile.ts";
import { fetchUser, userPath } from "../request.ts";
import { carryOutTogether, type ListChange } from "./one-by-one.ts";
import { type Repair, restoreLost } from "./restoring.ts";
import type { Sender } from "./senders.ts";
import { readListOf, toListBody, type UserList } from "./user-list.ts";
import { judgeEntry } from "./verdict.ts";

/** What is to become of the same list of several users. */
export interface UserListOrder {
  list: ListName;
  action: "add" | "remove";
  wanted: readonly Sender[];
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
 * Changes one user's list: reads it, sends what is missing, and reads it back. `replaces`: PPS is known to replace lists,
 * so that the earlier entries are sent along. Never throws PpsError.
 */
export function* changeUserList(user: string, order: UserListOrder, replaces: boolean): Steps<UserListChange> {
  const on: UserList = { user, list: order.list };
  let profile: UserProfile;
  let before: string[];
  try {
    profile = yield* fetchUser(user);
    before = readListOf(profile, on);
  } catch (error) {
    if (!isPpsError(error)) throw error;
    const outcome = outcomeOf(error);
    return { outcomes: tellAll(user, order, order.wanted, () => outcome), notes: [], replaces, isHarmed: false };
  }
  const isAdding = order.action === "add";
  const wanted = isAdding ? order.wanted : spellAsStored(order.wanted, before);
  const stood = among(before);
  const open = wanted.map(({ value }) => value).filter((value) => stood(value) !== isAdding);
  const isOpen = among(open);
  const change: ListChange = {
    isAdding,
    field: isAdding ? order.list : order.removeField,
    removeField: order.removeField,
    values: without(open, []),
    before,
  };
  const notes = isAdding ? contradiction(order.list, `${user}'s`, onBoth(wanted, profile[otherList(order.list)])) : [];
  const sent = isAdding && replaces ? before.concat(change.values) : change.values;
  const finish = (judge: (value: string) => Outcome, learnt: Partial<UserListChange>): UserListChange => ({
    outcomes: tellAll(user, order, wanted, (value) => (isOpen(value) ? judge(value) : unchanged(order, user))),
    notes: notes.concat(learnt.notes ?? []),
    replaces: learnt.replaces ?? replaces,
    isHarmed: learnt.isHarmed ?? false,
  });
  if (open.length === 0) return finish(() => unchanged(order, user), {});
  if (order.dryRun) {
    const { request, ...planned } = plan(on, change, sent);
    let isTold = false;
    return finish(() => {
      // One request for all of them: repeated with each entry, a thousand entries would print a million.
      if (isTold) return planned;
      isTold = true;
      return { ...planned, ...(request === undefined ? {} : { request }) };
    }, {});
  }
  const carried = yield* carryOutTogether(on, change, sent);
  const { after, blind } = carried;
  const earlier = isAdding ? before : without(before, change.values);
  const added = carried.added ?? [];
  if (after === undefined || without(earlier.concat(added), after).length === 0) {
    return finish((value) => judgeEntry(value, on, change, carried), { notes: blind ? tellBefore(on, earlier) : [] });
  }
  const repair = yield* restoreLost(on, { earlier, added, values: change.values, after, isAdding });
  const now = { ...carried, after: repair.after ?? after, sent: repair.refusal ?? carried.sent };
  const told = finish((value) => judgeRepaired(judgeEntry(value, on, change, now), repair), {
    notes: [repair.note],
    replaces: replaces || isAdding,
    isHarmed: !repair.isWhole,
  });
  // What was to stay as it was may be among the losses.
  const wasThere = among(earlier);
  const isThere = among(now.after);
  const isLost = ({ value = "" }: ListOutcome) => wasThere(value) && !isThere(value);
  return {
    ...told,
    outcomes: told.outcomes.map((one) => (isLost(one) ? { ...one, ...judgeRepaired(one, repair) } : one)),
  };
}

/** What became of each sender on one user's list. */
export function tellAll(
  user: string,
  { action, list }: UserListOrder,
  wanted: readonly Sender[],
  judge: (value: string) => Outcome,
): ListOutcome[] {
  return wanted.map(({ entry, value }) => ({ action, list, entry, value, user, ...judge(value) }));
}

/** Entries to be taken out are looked for as PPS spells them, else as they were written. */
function spellAsStored(wanted: readonly Sender[], list: readonly string[]): Sender[] {
  const stored: { [key: string]: string } = {};
  eachOnce(list).forEach((entry) => {
    stored[keyOf(entry)] = entry;
  });
  return wanted.map((each) => ({
    ...each,
    value: stored[keyOf(each.value)] ?? stored[keyOf(each.given)] ?? each.value,
  }));
}

function onBoth(wanted: readonly Sender[], other: readonly string[]): string[] {
  const stands = among(other);
  return wanted.filter(({ value }) => stands(value)).map(({ entry }) => entry);
}

function unchanged({ action, list }: UserListOrder, user: string): Outcome {
  const stands = action === "add" ? "Stands already on" : "Does not stand on";
  return { outcome: "unchanged", message: `${stands} the ${list} of ${user}.` };
}

function plan({ user, list }: UserList, { isAdding, field }: ListChange, values: readonly string[]): Outcome {
  return {
    outcome: "planned",
    message: `Would ${isAdding ? "add it to" : "take it from"} the ${list} of ${user}; nothing was sent.`,
    request: { method: "PUT", path: userPath(user), body: toListBody({ field, values }) },
  };
}

/** The list could not be read back: should PPS have dropped entries, this says which. */
function tellBefore({ user, list }: UserList, keep: readonly string[]): string[] {
  if (keep.length === 0) return [];
  return [`Before, the ${list} of ${user} held ${keep.join(", ")}. Look whether they still stand there.`];
}

function judgeRepaired(outcome: Outcome, { isWhole, note }: Repair): Outcome {
  const message = `${asSentence(outcome.message)} ${note}`;
  return isWhole ? { ...outcome, message } : { ...outcome, outcome: "failed", code: "unexpected", message };
}
