import { findCommand } from "../../../commands/index.ts";
import { isPpsError } from "../../../core/errors.ts";
import type { OpenProfile } from "../calls/profiles.ts";

/** Whether PPS can be worked: `ready`, or the code of what is wrong. */
export type Readiness = "ready" | string;

const freshMilliseconds = 15_000;
const patienceMilliseconds = 5000;

/**
 * Asks PPS by the harmless search of `ping`, at most once in 15 seconds however often it is called, and gives up after 5.
 * `monotonic` is in milliseconds.
 */
export function createProbe(
  { pps }: OpenProfile,
  monotonic: () => number = () => performance.now(),
): () => Promise<Readiness> {
  let last: { at: number; answer: Promise<Readiness> } | undefined;
  return () => {
    if (last === undefined || monotonic() - last.at >= freshMilliseconds) last = { at: monotonic(), answer: ask() };
    return last.answer;
  };

  async function ask(): Promise<Readiness> {
    const ping = findCommand("system.ping");
    if (ping === undefined) return "ready";
    try {
      await pps.execute(ping, {}, { signal: AbortSignal.timeout(patienceMilliseconds) });
      return "ready";
    } catch (error) {
      return isPpsError(error) ? error.code : "unreachable";
    }
  }
}
