import type { ListOutcome } from "../../list-outcome.ts";

/** Why a row of a feed is not blocked. */
export type LeftFor = "unusable" | "observed" | "allowed" | "revoked" | "ended" | "old" | "uncertain" | "harmful";

/** A row of a feed that is left out, and the sentence that says why. */
export interface LeftRow {
  entry: string;
  why: LeftFor;
  message: string;
}

/** Goes on behind a number. */
const phrases: Readonly<Record<LeftFor, string>> = {
  unusable: "without a sender",
  observed: "seen and not called bad",
  allowed: "allowed",
  revoked: "taken back",
  ended: "past their end",
  old: "too old",
  uncertain: "too uncertain",
  harmful: "refused by the guard rails",
};

/** What is said of a row that is left out. */
export function leftOutcome({ entry, message }: LeftRow): ListOutcome {
  return { action: "none", list: "blocklist", entry, outcome: "left", message };
}

/** How many are left out for which reason, most telling first: "3 allowed, 12 too old". */
export function countLeft(left: readonly LeftRow[]): string {
  const kinds: LeftFor[] = ["allowed", "harmful", "revoked", "ended", "old", "uncertain", "observed", "unusable"];
  return kinds
    .map((kind) => ({ kind, count: left.filter(({ why }) => why === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${phrases[kind]}`)
    .join(", ");
}
