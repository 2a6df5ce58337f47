import type { Steps } from "../../../core/steps.ts";
import { asSentence } from "../../answers.ts";
import { without } from "./each-once.ts";
import { type Carried, carryOut, type UserList } from "./user-list.ts";

/** A list that lost entries nobody asked to take out. */
export interface Loss {
  /** What was to stay. */
  keep: readonly string[];
  lost: readonly string[];
  /** What was to be added or taken out. */
  values: readonly string[];
  carried: Carried;
  isAdding: boolean;
}

/** What became of the loss. */
export interface Repair {
  isWhole: boolean;
  /** The list as it stands now, where it could be read. */
  after?: string[];
  note: string;
}

/**
 * Puts lost entries back, in one request with everything else that is to stand on the list, as a PPS that replaces
 * lists would drop whatever is not in it (pps-api.md 10, row 13).
 */
export function* restoreLost(on: UserList, { keep, lost, values, carried, isAdding }: Loss): Steps<Repair> {
  const now = carried.after ?? [];
  const whole = without(keep.concat(isAdding ? values : [], isAdding ? now : without(now, values)), []);
  const isReached = (list: string[]) => without(whole, list).length === 0;
  const { sent, after } = yield* carryOut(on, { field: on.list, values: whole }, isReached);
  const known = after === undefined ? {} : { after };
  if (after !== undefined && isReached(after)) {
    const reason = isAdding
      ? "PPS put the new entries in place of the earlier ones instead of adding them"
      : "PPS dropped entries that nobody asked it to take out";
    return {
      isWhole: true,
      ...known,
      note: `${reason} on the ${on.list} of ${on.user}; the earlier ones were put back.`,
    };
  }
  const missing = without(after === undefined ? lost : without(keep, after), []);
  const why = sent.message === "" ? "" : ` ${asSentence(sent.message)}`;
  return {
    isWhole: false,
    ...known,
    note: `The ${on.list} of ${on.user} lost earlier entries, and putting them back failed.${why} Put these back by hand: ${missing.join(", ")}.`,
  };
}
