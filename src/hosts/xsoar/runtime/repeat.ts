import { mayRepeat } from "../../../core/repeat-rule.ts";
import { readRetryAfter } from "../../../core/retry-after.ts";
import type { Effect } from "../../../core/steps.ts";
import type { Answer } from "./exchange.ts";

/** Lets time pass where there is any left to spare; false where there is not. */
export type Spare = (seconds: number) => boolean;

/** Seconds waited before the second and third try, where the server asks for no other time. */
const waits = [1, 3];

/** After which a read is tried again. */
const passingStatuses = [429, 502, 503, 504];

/** Repeats what may be repeated, twice at most, and gives the last answer. */
export function repeat(effect: Effect, send: () => Answer, spare: Spare, pauseAfter429?: number): Answer {
  for (let tried = 0; ; tried++) {
    const answer = send();
    const usual = waits[tried];
    if (usual === undefined || !mayRepeat(effect, answer, passingStatuses)) return answer;
    if (!spare(readWait(answer, pauseAfter429) ?? usual)) return answer;
  }
}

/** Seconds the server asks for; a date is counted from the answer's own. */
function readWait({ reply }: Answer, pauseAfter429: number | undefined): number | undefined {
  if (reply === undefined) return undefined;
  const asked = readRetryAfter(reply.headers["retry-after"], new Date(reply.headers.date ?? "").getTime());
  if (asked !== undefined) return Math.ceil(asked / 1000);
  return reply.status === 429 ? pauseAfter429 : undefined;
}
