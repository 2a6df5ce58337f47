import type { PpsError } from "./errors.ts";
import type { Effect, Reply } from "./steps.ts";

/** What came of one try: an answer of whatever status, or why there is none. */
export type Tried =
  | { reply: Pick<Reply, "status">; failure?: never }
  | { reply?: never; failure: { passing: boolean; error: PpsError } };

// PPS says with these that it did not begin; any other answer or silence may hide a change that happened.
const notBegun: readonly number[] = [429, 503];

/**
 * Whether something may be sent again, by effect: a read after a failure that passes, or a status of `passingStatuses`;
 * a change only when PPS surely did not begin it (a repeated release delivers twice, pps-api.md 4.1).
 */
export function mayRepeat(effect: Effect, { reply, failure }: Tried, passingStatuses: readonly number[]): boolean {
  const isRead = effect === "read";
  if (failure) return failure.passing && (isRead || failure.error.mayHaveHappened !== true);
  return (isRead ? passingStatuses : notBegun).indexOf(reply.status) >= 0;
}
