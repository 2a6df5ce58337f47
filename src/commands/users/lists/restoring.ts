import type { Steps } from "../../../core/steps.ts";
import { asSentence } from "../../answers.ts";
import { without } from "../../each-once.ts";
import type { Outcome } from "../../outcome.ts";
import { type Carried, carryOut, type UserList } from "./user-list.ts";

/** A list that lost entries nobody asked to take out. */
export interface Loss {
  /** What was there before and was to stay. */
  earlier: readonly string[];
  /** What was added by requests of this change. */
  added: readonly string[];
  /** What was to be added or taken out. */
  values: readonly string[];
  /** The list as it was seen. */
  after: readonly string[];
  isAdding: boolean;
}

/** What became of the loss. */
export interface Repair {
  isWhole: boolean;
  /** The list as it stands now, where it could be read. */
  after?: string[];
  /** Why PPS does not take the old and the new entries together. */
  refusal?: Outcome;
  note: string;
}

/**
 * Puts lost entries back, in one request with everything else that is to stand on the list, as a PPS that replaces
 * lists drops whatever is not in it (pps-api.md 10, row 13). Where that is refused, what was there goes before what is new.
 */
export function* restoreLost(on: UserList, { earlier, added, values, after, isAdding }: Loss): Steps<Repair> {
  const place = `the ${on.list} of ${on.user}`;
  const reason = isAdding
    ? `PPS put new entries in place of the earlier ones on ${place} instead of adding them`
    : `PPS dropped entries from ${place} that nobody asked it to take out`;
  const whole = without(earlier.concat(isAdding ? values : [], isAdding ? after : without(after, values)), []);
  const lesser = [without(earlier.concat(added), []), earlier].filter((list) => list.length > 0);
  let carried = yield* putList(on, whole);
  let refusal: Outcome | undefined;
  for (const list of lesser) {
    if (carried.sent.outcome !== "refused") break;
    refusal = carried.sent;
    carried = yield* putList(on, list);
  }
  const known = {
    ...(carried.after === undefined ? {} : { after: carried.after }),
    ...(refusal === undefined ? {} : { refusal }),
  };
  const missing = without(earlier, carried.after ?? after);
  if (carried.after !== undefined && missing.length === 0) {
    const rest = refusal === undefined ? "" : ", as PPS does not take them together with the new ones";
    return { isWhole: true, ...known, note: `${reason}; the earlier ones were put back${rest}.` };
  }
  const why = carried.sent.message === "" ? "" : ` ${asSentence(carried.sent.message)}`;
  const byHand = missing.length === 0 ? "" : ` Put them back by hand: ${missing.join(", ")}.`;
  return {
    isWhole: false,
    ...known,
    note: `${reason}, and putting these back failed.${why}${byHand}`,
  };
}

function putList(on: UserList, values: readonly string[]): Steps<Carried> {
  return carryOut(on, { field: on.list, values }, (list) => without(values, list).length === 0);
}
