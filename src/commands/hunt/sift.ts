import type { Steps } from "../../core/steps.ts";

/** Runs steps and takes every item they find, one by one, so that none need be kept. */
export function* sift<Item, T>(steps: Steps<T>, take: (item: Item) => void): Steps<T> {
  let turn = steps.next();
  while (!turn.done) {
    const step = turn.value;
    if (step.kind === "found") {
      (step.items as Item[]).forEach(take);
      turn = steps.next();
      continue;
    }
    let answer: unknown;
    try {
      answer = yield step;
    } catch (error) {
      turn = steps.throw(error);
      continue;
    }
    turn = steps.next(answer);
  }
  return turn.value;
}
