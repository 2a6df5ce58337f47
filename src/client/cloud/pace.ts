import { createLimiter, type Limiter } from "../http/limiter.ts";
import type { Settings } from "../options/settings.ts";
import { type CallWindow, createCallWindow } from "./call-window.ts";

/** The turn of calls with one key: one at a time, and so many a minute. */
export interface Pace {
  turns: Limiter;
  window: CallWindow;
}

/** By the clock they are kept by, then by address, key and rate. */
const paces = new WeakMap<() => number, Map<string, Pace>>();

/** The rate is the key's over all its clusters (pps-api.md 7), so that clients of one key in this process share it. */
export function paceOf({ cloud, ...settings }: Settings): Pace {
  const { api, key, callsPerMinute } = cloud;
  let ofClock = paces.get(settings.monotonic);
  if (ofClock === undefined) {
    ofClock = new Map();
    paces.set(settings.monotonic, ofClock);
  }
  const name = JSON.stringify([api.url.href, key?.clientId, callsPerMinute]);
  let pace = ofClock.get(name);
  if (pace === undefined) {
    pace = {
      turns: createLimiter({ ...settings, concurrency: 1, requestsPerSecond: undefined }),
      window: createCallWindow(callsPerMinute, settings.monotonic),
    };
    ofClock.set(name, pace);
  }
  return pace;
}
