import type { Steps } from "../../../../core/steps.ts";
import { cleanLine } from "../../../answers.ts";
import { firstOfEach } from "../../../each-once.ts";
import type { Intel } from "../../../intel/intel.ts";
import { complaintAt, listComplaints } from "../../entry/complaints.ts";
import { type Entry, type EntryReading, tryReadEntries } from "../../entry/entry.ts";
import type { Criterion } from "../criterion.ts";
import { dayOf } from "../managed-mark.ts";
import { type FeedRow, isSender, readRow } from "./feed-row.ts";
import type { LeftRow } from "./left-row.ts";
import { dayMs, findRefusal, findRevocations, type Sieve } from "./sieve.ts";

/** An entry the feed names, as it is to stand on the list. */
export interface FeedEntry extends Criterion {
  comment: string;
  /** The day from which it goes when the feed has lost it, `YYYY-MM-DD`. */
  until: string;
}

/** A feed, each of its entries once. */
export interface Sifted {
  wanted: FeedEntry[];
  /** The wanted ones as they were understood. */
  entries: Entry[];
  left: LeftRow[];
  /** What the feed has taken back, and nothing in it names since. */
  revoked: Criterion[];
  notes: string[];
}

/** Finds out what a feed names, row by row: what cannot be taken is left out, and does not stop the rest. */
export function* sift(intel: readonly Intel[], sieve: Sieve): Steps<Sifted> {
  const left: { key: string; row: LeftRow }[] = [];
  const readings = yield* tryReadEntries(intel.map(({ kind, value }) => (isSender(kind) ? value : "")));
  const rows = intel.map((one, index) => readRow(one, readings[index] as EntryReading));
  const revocations = findRevocations(rows);
  const wanted: { [key: string]: { row: FeedRow; end: number } } = {};
  const order: string[] = [];
  const revoked: FeedRow[] = [];
  const overridden: string[] = [];
  rows.forEach((row, index) => {
    if ("complaint" in row) {
      const { kind, value, place } = intel[index] as Intel;
      const message = complaintAt(place, row.complaint);
      left.push({ key: `${kind} ${value}`, row: { entry: cleanLine(value), why: "unusable", message } });
      return;
    }
    const refusal = findRefusal(row, revocations[row.key], sieve, overridden);
    if (refusal !== undefined) {
      const message = complaintAt(row.intel.place, refusal.message);
      left.push({ key: row.key, row: { entry: row.entry.text, why: refusal.why, message } });
      if (refusal.why === "revoked") revoked.push(row);
      return;
    }
    const end = row.intel.validUntil ?? Infinity;
    const known = wanted[row.key];
    if (known === undefined) order.push(row.key);
    if (known === undefined || end > known.end) wanted[row.key] = { row, end };
  });
  const last = sieve.now + sieve.expireDays * dayMs;
  const chosen = order.map((key) => wanted[key] as { row: FeedRow; end: number });
  return {
    wanted: chosen.map(({ row, end }) => ({
      ...row.criterion,
      comment: cleanLine(row.intel.label ?? ""),
      until: dayOf(Math.min(end, last)),
    })),
    entries: chosen.map(({ row }) => row.entry),
    left: firstOfEach(
      left.filter(({ key }) => wanted[key] === undefined),
      ({ key }) => key,
    ).map(({ row }) => row),
    revoked: revoked.filter(({ key }) => wanted[key] === undefined).map(({ criterion }) => criterion),
    notes: overridden.length === 0 ? [] : [listComplaints(overridden)],
  };
}
