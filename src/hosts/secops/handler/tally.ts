import type { Json } from "../../../core/steps.ts";
import type { Result } from "./run.ts";
import { listFew, sentences, shortName } from "./texts.ts";

/** What became of each item of a write (secops-platform.md 5.3). */
export interface Tally {
  success: NamedItem[];
  failed: NamedReason[];
  unknown: NamedReason[];
}

/** An item with what messages call it. */
interface NamedItem {
  name: string;
  json: { [key: string]: Json };
}

interface NamedReason extends NamedItem {
  reason: string;
}

export function emptyTally(): Tally {
  return { success: [], failed: [], unknown: [] };
}

/** What a write came to by one rule for all (secops-platform.md 1.6). `done` says what was done, of those that were. */
export function resultOf(tally: Tally, lead: string, done: (names: string[]) => string): Result {
  const { success, failed, unknown } = tally;
  const json = toJson(tally);
  if (success.length > 0 || failed.length + unknown.length === 0) {
    const isWhole = failed.length + unknown.length === 0;
    return {
      result: isWhole,
      json,
      message: sentences([done(success.map(({ name }) => name)), tellFailed(failed), tellUnknown(unknown)]),
    };
  }
  if (unknown.length === 0) {
    return { state: "failed", result: false, json, message: `${lead}: ${tellReasons(failed)}` };
  }
  const advice = "Whether it happened is not known: look before you repeat it.";
  const message = `${lead}: ${sentences([tellReasons(unknown), advice, tellFailed(failed)])}`;
  return { state: "timed_out", result: false, json, message };
}

function toJson({ success, failed, unknown }: Tally): Json {
  const withReason = ({ json, reason }: NamedReason) => ({ ...json, reason });
  return {
    success: success.map(({ json }) => json),
    failed: failed.map(withReason),
    unknown: unknown.map(withReason),
  };
}

function tellFailed(failed: readonly NamedReason[]): string {
  return failed.length === 0 ? "" : `Not done: ${listFew(failed.map(describe))}`;
}

function tellUnknown(unknown: readonly NamedReason[]): string {
  return unknown.length === 0 ? "" : `Outcome unknown: ${listFew(unknown.map(describe))}`;
}

function describe({ name, reason }: NamedReason): string {
  return `${shortName(name)} (${reason})`;
}

/** One reason for all is said once. */
function tellReasons(items: readonly NamedReason[]): string {
  const [first] = items;
  if (first === undefined) return "";
  if (items.length === 1) return first.reason.includes(first.name) ? first.reason : describe(first);
  if (items.some(({ reason }) => reason !== first.reason)) return listFew(items.map(describe));
  return sentences([first.reason, listFew(items.map(({ name }) => name))]);
}
