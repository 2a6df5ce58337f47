import { readRetryAfter } from "../../../core/retry-after.ts";
import type { Effect } from "../../../core/steps.ts";
import type { Answer } from "./exchange.ts";

/** Lets time pass where there is any left to spare; false where there is not. */
export type Spare = (seconds: number) => boolean;

/** Seconds waited before the second and third try, where the server asks for no other time. */
const waits = [1, 3];

const repeatableForReads = [429, 502, 503, 504];
// PPS says with these that it did not begin; any other answer or silence may hide a change that happened.
const repeatableForChanges = [429, 503];

/**
 * Repeats what may be repeated, by effect: reads after a passing failure, changes only when they surely were not begun
 * (a repeated release delivers twice, pps-api.md 4.1).
 */
export function repeat(effect: Effect, send: () => Answer, spare: Spare, pauseAfter429?: number): Answer {
  for (let tried = 0; ; tried++) {
    const answer = send();
    const usual = waits[tried];
    if (usual === undefined || !isRepeatable(effect, answer)) return answer;
    if (!spare(readWait(answer, pauseAfter429) ?? usual)) return answer;
  }
}

function isRepeatable(effect: Effect, answer: Answer): boolean {
  const isRead = effect === "read";
  if (answer.failure) return answer.failure.passing && (isRead || !answer.failure.error.mayHaveHappened);
  return (isRead ? repeatableForReads : repeatableForChanges).indexOf(answer.reply.status) >= 0;
}

/** Seconds the server asks for; a date is counted from the answer's own. */
function readWait({ reply }: Answer, pauseAfter429: number | undefined): number | undefined {
  if (reply === undefined) return undefined;
  const asked = readRetryAfter(reply.headers["retry-after"], new Date(reply.headers.date ?? "").getTime());
  if (asked !== undefined) return Math.ceil(asked / 1000);
  return reply.status === 429 ? pauseAfter429 : undefined;
}
