import { PpsError } from "../../../core/errors.ts";

/** How much the server takes on. */
export interface Limits {
  /** Largest body of a request, in bytes. @default 1048576 (1 MiB) */
  bodyBytes: number;
  /** Calls under way at the same time. @default 16 */
  concurrency: number;
  /** Calls that may wait for their turn; further ones are turned away. @default 64 */
  queue: number;
  /** Calls of one token in a minute; half as many may come at once. @default 600 */
  callsPerMinute: number;
  /** How long a call may take that names no time of its own, in seconds. @default 300 */
  deadlineSeconds: number;
  /** The longest time a call may ask for, in seconds. @default 3600 */
  mostDeadlineSeconds: number;
  /** How long running calls are waited for when the server stops, in seconds. @default 30 */
  stopSeconds: number;
}

const defaults: Limits = {
  bodyBytes: 1024 * 1024,
  concurrency: 16,
  queue: 64,
  callsPerMinute: 600,
  deadlineSeconds: 300,
  mostDeadlineSeconds: 3600,
  stopSeconds: 30,
};

const bounds: Readonly<Record<keyof Limits, readonly [least: number, most: number]>> = {
  bodyBytes: [1024, 64 * 1024 * 1024],
  concurrency: [1, 1000],
  queue: [0, 100_000],
  callsPerMinute: [1, 1_000_000],
  deadlineSeconds: [0.001, 86_400],
  mostDeadlineSeconds: [0.001, 86_400],
  stopSeconds: [0, 86_400],
};

/** Fills in what nobody said. Throws PpsError `bad_input` for a number that makes no sense. */
export function readLimits(given: Partial<Limits> = {}): Limits {
  const limits = { ...defaults, ...given };
  for (const name of Object.keys(bounds) as (keyof Limits)[]) {
    const [least, most] = bounds[name];
    if (limits[name] >= least && limits[name] <= most) continue;
    throw new PpsError("bad_input", `limits.${name} takes a number from ${least} to ${most}.`, { field: name });
  }
  return limits;
}
