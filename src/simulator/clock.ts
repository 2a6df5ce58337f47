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
