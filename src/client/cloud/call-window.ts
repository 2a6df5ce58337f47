import { cloudRate } from "../../commands/threat-protection/cloud-api.ts";
import { waitOut } from "../http/wait.ts";
import type { Sleep } from "../options/options.ts";

/** Keeps calls within a rate; for one caller at a time. */
export interface CallWindow {
  /** Waits until one more call is allowed. An aborted wait rejects with the signal's reason. */
  waitForRoom(sleep: Sleep, signal?: AbortSignal): Promise<void>;
  /** Counts a call, at the moment it was answered. */
  count(): void;
}

const { windowMs } = cloudRate;

/** Timers may fire a little early, and clocks count whole milliseconds. */
const slackMs = 50;

/**
 * At most so many calls within a window, counted from when each was answered: whenever between its sending and its
 * answer the server counted a call, the server's own window is then never exceeded.
 */
export function createCallWindow(callsPerWindow: number, monotonic: () => number): CallWindow {
  /** When the latest calls were answered, oldest first. */
  const answered: number[] = [];
  return {
    async waitForRoom(sleep, signal) {
      const oldest = answered.length < callsPerWindow ? undefined : answered[0];
      const wait = oldest === undefined ? 0 : oldest + windowMs - monotonic();
      // After a clock was set back, one whole window is enough.
      if (wait > 0) await waitOut(Math.min(wait, windowMs) + slackMs, sleep, signal);
      signal?.throwIfAborted();
    },
    count() {
      answered.push(monotonic());
      if (answered.length > callsPerWindow) answered.shift();
    },
  };
}
