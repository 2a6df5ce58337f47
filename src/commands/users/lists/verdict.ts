import { asSentence, noteOf } from "../../answers.ts";
import { isAmong } from "../../each-once.ts";
import type { Outcome } from "../../outcome.ts";
import type { ListChange } from "./one-by-one.ts";
import type { Carried, UserList } from "./user-list.ts";

/** Tells what became of one entry by what PPS answered and what its list shows afterwards. */
export function judgeEntry(value: string, on: UserList, change: ListChange, { sent, after, blind }: Carried): Outcome {
  const { isAdding } = change;
  const place = `the ${on.list} of ${on.user}`;
  const unknown = (message: string): Outcome => ({
    ...sent,
    outcome: "unknown",
    message,
    hint: `Whether the entry was ${isAdding ? "added" : "taken out"} is not known. List the entries of the user before you try again.`,
  });
  if (after === undefined) {
    if (blind === undefined || sent.outcome === "refused") return sent;
    const begin = sent.outcome === "done" ? "PPS took the request." : asSentence(sent.message);
    return unknown(`${begin} Reading the list back failed: ${noteOf(blind)}`);
  }
  if (isAmong(value, after) === isAdding) {
    if (sent.outcome === "done") return { ...sent, message: `${isAdding ? "Added to" : "Taken from"} ${place}.` };
    const seen = `The answer was lost, but the entry ${isAdding ? "stands on" : "has left"} ${place}.`;
    return {
      outcome: "done",
      message:
        sent.outcome === "unknown"
          ? seen
          : `The entry ${isAdding ? "stands on" : "has left"} ${place}, although PPS refused the change: ${sent.message}`,
    };
  }
  if (sent.outcome === "unknown") {
    const stands = isAdding ? "does not stand on" : "still stands on";
    return unknown(`${asSentence(sent.message)} The entry ${stands} ${place}.`);
  }
  return isAdding ? judgeMissing(sent, place, change) : judgeRemaining(sent, place, change);
}

function judgeMissing(sent: Outcome, place: string, { values }: ListChange): Outcome {
  if (sent.outcome === "done") {
    return {
      ...sent,
      outcome: "unknown",
      message: `PPS took the request, but the entry does not stand on ${place}.`,
      hint: "List the entries of the user in a minute; PPS may have spelled it in another way.",
    };
  }
  const hint = "PPS is sent all entries of a user together; try fewer, to learn which it refuses.";
  return values.length > 1 ? { ...sent, hint: sent.hint ?? hint } : sent;
}

function judgeRemaining(sent: Outcome, place: string, { field }: ListChange): Outcome {
  const ignored = `PPS took the request, but the entry still stands on ${place}: this PPS does not know the field ${field}.`;
  return {
    ...sent,
    outcome: "refused",
    code: "refused",
    message: sent.outcome === "done" ? ignored : sent.message,
    hint: "Name the field that takes entries out, if you know it, by removeField.",
  };
}
