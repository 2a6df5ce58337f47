import type { Clock } from "../clock.ts";
import type { ApiKey } from "./api-keys.ts";

/** How many calls each key has made of late. */
export interface CallLimit {
  /** Counts a call; 0 when it may pass, otherwise the milliseconds until one may. A call turned away is not counted. */
  take(key: ApiKey): number;
  /** Gives every key all its calls back. */
  forget(): void;
}

const minute = 60_000;

/** So many calls of one key within any minute of the gateway's clock. */
export function createCallLimit(clock: Clock, most: number): CallLimit {
  const callsByKey = new Map<ApiKey, number[]>();
  return {
    take(key) {
      const now = clock.now();
      // A clock that was set back must not lock a key out, so calls of the future do not count.
      const recent = (callsByKey.get(key) ?? []).filter((at) => at <= now && now - at < minute);
      callsByKey.set(key, recent);
      const earliest = recent[0];
      if (earliest !== undefined && recent.length >= most) return earliest + minute - now;
      recent.push(now);
      return 0;
    },
    forget: () => callsByKey.clear(),
  };
}
