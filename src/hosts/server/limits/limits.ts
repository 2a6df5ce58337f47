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

/** What holds where nobody says otherwise. */
export const defaultLimits: Limits = {
  bodyBytes: 1024 * 1024,
  concurrency: 16,
  queue: 64,
  callsPerMinute: 600,
  deadlineSeconds: 300,
  mostDeadlineSeconds: 3600,
  stopSeconds: 30,
};
