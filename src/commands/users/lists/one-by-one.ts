import type { Steps } from "../../../core/steps.ts";
import { among, isAmong, without } from "../../each-once.ts";
import { type Carried, carryOut, type UserList } from "./user-list.ts";

/** Entries to be added to a list or taken out, and how it stood before. */
export interface ListChange {
  isAdding: boolean;
  /** The key they are sent under, and the one that takes entries out. */
  field: string;
  removeField: string;
  values: readonly string[];
  before: readonly string[];
}

/**
 * Sends entries in one request, so that a list that would outgrow its limit is refused before it is half changed. Only one
 * entry in a request is publicly seen (pps-api.md 6): where several are refused, they are sent one by one. Should one
 * of these be refused too, those added before it are taken out again. Never throws PpsError.
 */
export function* carryOutTogether(on: UserList, change: ListChange, sent: readonly string[]): Steps<Carried> {
  const { isAdding, field, values } = change;
  const isReached = (list: string[]) => {
    const stands = among(list);
    return values.every((value) => stands(value) === isAdding);
  };
  const all = yield* carryOut(on, { field, values: sent }, isReached);
  if (sent.length < 2 || all.sent.outcome !== "refused" || all.after === undefined) return all;
  // Nothing has changed by the refusal, or what has is for the caller to see to.
  const isAsBefore = without(change.before, all.after).length === 0 && without(all.after, change.before).length === 0;
  return isAsBefore ? yield* carryOutOneByOne(on, change, all) : all;
}

function* carryOutOneByOne(on: UserList, change: ListChange, refused: Carried): Steps<Carried> {
  const { isAdding, field, values, before } = change;
  const done: string[] = [];
  let last = refused;
  let refusal: Carried | undefined;
  for (const value of values) {
    const isReached = (list: string[]) => isAmong(value, list) === isAdding;
    const one: Carried = yield* carryOut(on, { field, values: [value] }, isReached);
    if (one.after === undefined) return { ...one, added: isAdding ? done : [] };
    last = one;
    if (isReached(one.after)) done.push(value);
    else refusal = refusal ?? one;
    if (isAdding && (refusal !== undefined || without(before.concat(done), one.after).length > 0)) break;
  }
  if (refusal === undefined) return { ...last, added: isAdding ? done : [] };
  if (!isAdding) return { ...last, sent: refusal.sent };
  for (const value of done) {
    const back: Carried = yield* carryOut(
      on,
      { field: change.removeField, values: [value] },
      (list) => !isAmong(value, list),
    );
    if (back.after !== undefined) last = back;
  }
  return { ...last, sent: refusal.sent };
}
