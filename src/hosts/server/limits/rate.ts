import { Problem } from "../routes/problem.ts";

/** Counts calls by whose they are. */
export interface Rate {
  /** Throws Problem `too_many_requests`. */
  count(who: string): void;
}

/** A bucket for everybody: it fills at so many calls a minute and holds half of them. `monotonic` is in milliseconds. */
export function createRate(callsPerMinute: number, monotonic: () => number = () => performance.now()): Rate {
  const perMillisecond = callsPerMinute / 60_000;
  const most = Math.max(1, callsPerMinute / 2);
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    count(who) {
      const now = monotonic();
      const { left, at } = buckets.get(who) ?? { left: most, at: now };
      const filled = Math.min(most, left + (now - at) * perMillisecond);
      if (filled < 1) {
        buckets.set(who, { left: filled, at: now });
        throw new Problem("too_many_requests", `${who} may make ${callsPerMinute} calls a minute; nothing was done.`, {
          hint: "Wait, or put several messages or entries into one call.",
          retryAfterSeconds: Math.ceil((1 - filled) / perMillisecond / 1000),
        });
      }
      buckets.set(who, { left: filled - 1, at: now });
    },
  };
}
