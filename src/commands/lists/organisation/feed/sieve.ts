import { type GuardSite, tellEntry, tellPattern } from "../../entry/guard.ts";
import { dayOf } from "../managed-mark.ts";
import type { Allowance } from "./allowance.ts";
import type { FeedRow } from "./feed-row.ts";
import type { LeftRow } from "./left-row.ts";

/** What a feed's rows are held against. */
export interface Sieve {
  now: number;
  minConfidence: number;
  /** Undefined for no limit. */
  maxAgeDays: number | undefined;
  expireDays: number;
  allowance: Allowance;
  site: GuardSite;
}

export const dayMs = 86_400_000;

/** When the feed took an entry back for the last time; whatever it says of no time is as late as can be. */
export function findRevocations(rows: readonly (FeedRow | { complaint: string })[]): { [key: string]: number } {
  const latest: { [key: string]: number } = {};
  rows.forEach((row) => {
    if ("complaint" in row) return;
    const { intel, key } = row;
    if (intel.revoked) latest[key] = Math.max(latest[key] ?? -Infinity, intel.created ?? Infinity);
  });
  return latest;
}

/** Why a row is left out; undefined where it is taken. What is taken against the guard rails is told to `overridden`. */
export function findRefusal(
  { intel, entry, criterion }: FeedRow,
  revokedAt: number | undefined,
  { now, minConfidence, maxAgeDays, allowance, site }: Sieve,
  overridden: string[],
): Omit<LeftRow, "entry"> | undefined {
  const { created = -Infinity, validUntil, confidence } = intel;
  const allowed = allowance(criterion, entry);
  if (allowed !== undefined) return { why: "allowed", message: allowed };
  if (revokedAt !== undefined && !(created > revokedAt)) {
    return { why: "revoked", message: "The feed has taken it back." };
  }
  if (intel.isObserved) {
    return { why: "observed", message: "The feed tells that it was seen, and has no indicator that calls it bad." };
  }
  if (validUntil !== undefined && validUntil <= now) {
    return { why: "ended", message: `By the feed it ended on ${dayOf(validUntil)}.` };
  }
  if (maxAgeDays !== undefined && created < now - maxAgeDays * dayMs) {
    const age = intel.created === undefined ? "The feed does not say when it was seen" : `It is of ${dayOf(created)}`;
    return { why: "old", message: `${age}; at most ${maxAgeDays} days old is asked for.` };
  }
  if ((confidence ?? 0) < minConfidence) {
    const sure = confidence === undefined ? "The feed does not say how sure it is" : `The confidence is ${confidence}`;
    return { why: "uncertain", message: `${sure}; at least ${minConfidence} is asked for.` };
  }
  const harm = tellEntry(entry, site) ?? tellPattern(criterion, site);
  if (harm === undefined) return undefined;
  if (!site.override) return { why: "harmful", message: harm };
  overridden.push(harm);
  return undefined;
}
