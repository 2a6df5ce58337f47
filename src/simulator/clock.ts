/** The gateway's own time in milliseconds since 1970; runs with the machine's clock unless stopped or shifted. */
export interface Clock {
  now(): number;
  /** Moves the clock by so many milliseconds, forwards or back; effects that fall due happen. */
  advance(milliseconds: number): void;
  /** Sets the time; with `stopped` it stands still until the next call. */
  set(time: number, stopped?: boolean): void;
  isStopped(): boolean;
  /** Calls back whenever time was changed by `advance` or `set`. */
  onChange(listener: () => void): void;
}

/** A clock that runs with the machine's until it is told otherwise. `machine` is the time it runs with. */
export function createClock(machine: () => number = Date.now): Clock {
  const listeners: (() => void)[] = [];
  let offset = 0;
  let stoppedAt: number | undefined;
  const changed = () => {
    for (const listener of listeners) listener();
  };
  return {
    now: () => stoppedAt ?? machine() + offset,
    advance(milliseconds) {
      if (stoppedAt === undefined) offset += milliseconds;
      else stoppedAt += milliseconds;
      changed();
    },
    set(time, stopped = false) {
      stoppedAt = stopped ? time : undefined;
      if (!stopped) offset = time - machine();
      changed();
    },
    isStopped: () => stoppedAt !== undefined,
    onChange(listener) {
      listeners.push(listener);
    },
  };
}
