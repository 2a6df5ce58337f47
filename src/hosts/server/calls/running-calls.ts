import { Problem } from "../routes/problem.ts";

/** The calls under way, for a server that is to stop in good order. */
export interface RunningCalls {
  /** Counts the work until it settles. */
  track<T>(work: Promise<T>): Promise<T>;
  /** No more calls are to be taken. */
  isStopping(): boolean;
  /** Aborted when the calls cannot be waited for any longer. */
  cutOff: AbortSignal;
  /**
   * Takes no more calls, waits so many seconds for those there are, and cuts off the rest: what they have sent may still be
   * answered for a moment. Resolves when none is left.
   */
  stop(seconds: number): Promise<void>;
}

/** Nothing under way yet. */
export function createRunningCalls(): RunningCalls {
  const cutting = new AbortController();
  const idle = Promise.withResolvers<void>();
  let running = 0;
  let stopping = false;
  const settle = () => {
    if (stopping && running === 0) idle.resolve();
  };
  return {
    track(work) {
      running++;
      const leave = () => {
        running--;
        settle();
      };
      work.then(leave, leave);
      return work;
    },
    isStopping: () => stopping,
    cutOff: cutting.signal,
    async stop(seconds) {
      stopping = true;
      settle();
      const timer = setTimeout(() => cutting.abort(new Problem("stopping", "The server stopped.")), seconds * 1000);
      await idle.promise;
      clearTimeout(timer);
    },
  };
}
