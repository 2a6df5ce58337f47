/** The calls under way, for a server that is to stop in good order. */
export interface RunningCalls {
  /** Counts the work until it settles. */
  track<T>(work: Promise<T>): Promise<T>;
  /** How many there are. */
  count(): number;
  /** Resolves when there is none. */
  idle(): Promise<void>;
  /** Aborted when the calls cannot be waited for any longer. */
  cutOff: AbortSignal;
  cut(reason: Error): void;
}

/** Nothing under way yet. */
export function createRunningCalls(): RunningCalls {
  const cutting = new AbortController();
  let running = 0;
  let waiting: (() => void)[] = [];
  const leave = () => {
    running--;
    if (running > 0) return;
    for (const wake of waiting) wake();
    waiting = [];
  };
  return {
    track(work) {
      running++;
      work.then(leave, leave);
      return work;
    },
    count: () => running,
    idle() {
      if (running === 0) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
    cutOff: cutting.signal,
    cut: (reason) => cutting.abort(reason),
  };
}
