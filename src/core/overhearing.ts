import type { Step, Steps } from "./steps.ts";

/**
 * Runs steps and lets each pass by `hear` before the host gets it, those of jobs that run together too. What `hear` gives
 * back goes on in its place; nothing: the step ends there, without an answer, as suits what is only handed on.
 */
export function* overhear<T>(steps: Steps<T>, hear: (step: Step) => Step | undefined): Steps<T> {
  let turn = steps.next();
  while (!turn.done) {
    const step = turn.value;
    const heard =
      step.kind === "together" ? { ...step, jobs: step.jobs.map((job) => overhear(job, hear)) } : hear(step);
    let answer: unknown;
    try {
      if (heard !== undefined) answer = yield heard;
    } catch (error) {
      turn = steps.throw(error);
      continue;
    }
    turn = steps.next(answer);
  }
  return turn.value;
}

/** Runs steps whose items are told in another way: each is turned into what is handed on in its place, if anything is. */
export function retell<Item, T>(steps: Steps<T>, tell: (item: Item) => unknown): Steps<T> {
  return overhear(steps, (step) => {
    if (step.kind !== "found") return step;
    const items = (step.items as readonly Item[]).map(tell).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : { ...step, items };
  });
}

/** Runs steps and takes every item they find, one by one, instead of handing them on. */
export function takeEach<Item, T>(steps: Steps<T>, take: (item: Item) => void): Steps<T> {
  return retell<Item, T>(steps, (item) => {
    take(item);
    return undefined;
  });
}

/** Runs steps and keeps the items they find instead of handing them on. */
export function* collect<Item, T>(steps: Steps<T>): Steps<{ items: Item[]; result: T }> {
  const items: Item[] = [];
  const result = yield* takeEach<Item, T>(steps, (item) => {
    items.push(item);
  });
  return { items, result };
}

/** Runs steps, and counts the requests they make. */
export function* countRequests<T>(steps: Steps<T>): Steps<{ result: T; requests: number }> {
  let requests = 0;
  const result = yield* overhear(steps, (step) => {
    if (step.kind === "ask") requests++;
    return step;
  });
  return { result, requests };
}
