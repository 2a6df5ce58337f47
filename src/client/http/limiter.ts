import type { Sleep } from "../options/options.ts";

/** The bounds of one client, and its sense of time. */
export interface LimiterOptions {
  /** Jobs under way at the same time. */
  concurrency: number;
  /** Jobs begun in a second; undefined for no limit. */
  requestsPerSecond: number | undefined;
  sleep: Sleep;
  /** Milliseconds that never run backwards. */
  monotonic: () => number;
}

/** Lets jobs begin within bounds. */
export interface Limiter {
  /** Runs the job when its turn has come, first come first served; an aborted wait rejects with the signal's reason. */
  run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Keeps one client's load on a cluster within bounds; PPS publishes none of its own (pps-api.md 10, row 7). */
export function createLimiter(options: LimiterOptions): Limiter {
  const waiting: (() => void)[] = [];
  let running = 0;
  let nextStart = Number.NEGATIVE_INFINITY;

  async function enter(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (running < options.concurrency) {
      running++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const turn = () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(turn), 1);
        reject(signal?.reason);
      };
      waiting.push(turn);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  function leave(): void {
    const next = waiting.shift();
    // The place is handed over rather than given up, so that nobody can slip in between.
    if (next) next();
    else running--;
  }

  async function awaitPace(signal?: AbortSignal): Promise<void> {
    if (options.requestsPerSecond === undefined) return;
    const now = options.monotonic();
    const start = Math.max(now, nextStart);
    nextStart = start + 1000 / options.requestsPerSecond;
    if (start > now) await options.sleep(start - now, signal);
    signal?.throwIfAborted();
  }

  return {
    async run(job, signal) {
      await enter(signal);
      try {
        await awaitPace(signal);
        return await job();
      } finally {
        leave();
      }
    },
  };
}
