import { Problem } from "../routes/problem.ts";

/** Lets so many calls through at the same time. */
export interface Gate {
  /**
   * Waits for a place and gives what gives it up again. Throws Problem `overloaded` where too many wait already, and the
   * signal's reason when aborted.
   */
  enter(signal: AbortSignal): Promise<() => void>;
  /** How many are through, and how many wait. */
  state(): { inside: number; waiting: number };
}

/** A gate with `places`, before which `queue` may wait, first come first served. */
export function createGate(places: number, queue: number): Gate {
  const waiting: (() => void)[] = [];
  let inside = 0;

  /** Good once, however often it is called. */
  function pass(): () => void {
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      const next = waiting.shift();
      // The place is handed over rather than given up, so that nobody can slip in between.
      if (next) next();
      else inside--;
    };
  }

  return {
    async enter(signal) {
      signal.throwIfAborted();
      if (inside < places) {
        inside++;
        return pass();
      }
      if (waiting.length >= queue) {
        throw new Problem("overloaded", `${places} calls are under way and ${queue} wait; nothing was done.`, {
          hint: "Try again in a moment, or let fewer calls run at the same time.",
          retryAfterSeconds: 5,
        });
      }
      await new Promise<void>((resolve, reject) => {
        const turn = () => {
          signal.removeEventListener("abort", leave);
          resolve();
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(turn), 1);
          reject(signal.reason);
        };
        waiting.push(turn);
        signal.addEventListener("abort", leave, { once: true });
      });
      return pass();
    },
    state: () => ({ inside, waiting: waiting.length }),
  };
}
