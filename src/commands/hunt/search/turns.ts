import { progress, type Steps, together } from "../../../core/steps.ts";
import type { PlannedSearch } from "./plan.ts";

/**
 * Runs searches: the first alone, as it shows what PPS allows and what it has, then `atOnce` side by side. What one of them
 * gives is given back, and those behind its turn are not begun.
 */
export function* runInTurns<T>(
  searches: readonly PlannedSearch[],
  { place, atOnce }: { place: "the trace" | "quarantine"; atOnce: number },
  run: (search: PlannedSearch) => Steps<T | undefined>,
): Steps<T | undefined> {
  for (let at = 0; at < searches.length; at += at === 0 ? 1 : atOnce) {
    const next = searches.slice(at, at === 0 ? 1 : at + atOnce);
    const [given] = (yield* together(next.map(run))).filter((result) => result !== undefined);
    if (given !== undefined) return given;
    if (searches.length > atOnce) {
      yield* progress(`${at + next.length} of ${searches.length} searches of ${place} done`);
    }
  }
  return undefined;
}
