import { mayRepeat } from "../../core/repeat-rule.ts";
import { readRetryAfter } from "../../core/retry-after.ts";
import type { Ask, Reply } from "../../core/steps.ts";
import type { Sleep } from "../options/options.ts";
import type { Answer } from "./sender.ts";
import { waitOut } from "./wait.ts";

/** How often and by which clock something is tried again. */
export interface RetryOptions {
  /** Further tries after the first. */
  retries: number;
  sleep: Sleep;
  random: () => number;
  /** For a Retry-After that is a date. */
  now: () => number;
  /** What is waited after a 429 that asks for no time, in milliseconds. @default the growing waits of other failures */
  pauseMs?: number;
}

/** Longest wait PPS may ask for that is waited out; beyond it the caller is told instead. */
const longestRetryAfterMs = 60_000;
const firstBackOffMs = 500;
const longestBackOffMs = 20_000;

/** After which a read is tried again. */
const passingStatuses = [429, 500, 502, 503, 504];

/** Repeats what may be repeated. Throws the last failure's PpsError; an answer is returned, whatever its status. */
export async function sendWithRetry(
  request: Ask,
  send: () => Promise<Answer>,
  options: RetryOptions,
  signal?: AbortSignal,
): Promise<Reply> {
  for (let tried = 0; ; tried++) {
    const answer = await send();
    const wait = tried < options.retries ? waitBeforeRepeat(request, answer, tried, options) : undefined;
    if (wait !== undefined) {
      await waitOut(wait, options.sleep, signal);
      continue;
    }
    if (answer.failure) throw answer.failure.error;
    return answer.reply;
  }
}

/** Milliseconds to wait, undefined when it must not be repeated. */
function waitBeforeRepeat(request: Ask, answer: Answer, tried: number, options: RetryOptions): number | undefined {
  if (!mayRepeat(request.effect, answer, passingStatuses)) return undefined;
  // Full jitter: clients that failed together do not come back together.
  const backOff = options.random() * Math.min(longestBackOffMs, firstBackOffMs * 2 ** tried);
  if (answer.failure) return backOff;
  const { status, headers } = answer.reply;
  const asked = readRetryAfter(headers["retry-after"], options.now()) ?? (status === 429 ? options.pauseMs : undefined);
  if (asked === undefined) return backOff;
  return asked <= longestRetryAfterMs ? asked + backOff : undefined;
}
