import { progress, type Steps, together } from "../core/steps.ts";

/** Things that are worked on alike. */
export interface Work<Thing, Result> {
  things: readonly Thing[];
  /** What they are called in messages, such as `users`. */
  noun: string;
  /** Most of them under way between two looks at whether to go on. */
  largest: number;
  /** Begun for a whole chunk before any of it has ended. */
  begin: (thing: Thing) => Steps<Result>;
  /** Hears of each chunk before the next is begun. */
  learn: (results: readonly Result[]) => void;
}

/**
 * Works on things side by side in growing chunks. The first goes alone, so that a wrong password is not tried a hundred times
 * at once, and what it shows of PPS is known to the rest.
 */
export function* workInChunks<Thing, Result>(work: Work<Thing, Result>): Steps<void> {
  const { things, noun, largest, begin, learn } = work;
  let handled = 0;
  for (let size = 1; handled < things.length; size = Math.min(size * 4, largest)) {
    const chunk = things.slice(handled, handled + size);
    learn(yield* together(chunk.map((thing) => begin(thing))));
    handled += chunk.length;
    if (things.length > largest) yield* progress(`${handled} of ${things.length} ${noun} handled`);
  }
}
