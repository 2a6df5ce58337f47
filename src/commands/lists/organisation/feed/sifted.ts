import type { Steps } from "../../../../core/steps.ts";
import { cleanLine } from "../../../answers.ts";
import type { Intel } from "../../../intel/intel.ts";
import { complaintAt, listComplaints } from "../../entry/complaints.ts";
import { type Entry, type EntryReading, tryReadEntries } from "../../entry/entry.ts";
import { type GuardSite, tellEntry, tellPattern } from "../../entry/guard.ts";
import { type Criterion, keyOf } from "../criterion.ts";
import { toCriterion } from "../entry-criterion.ts";
import { dayOf } from "../managed-mark.ts";
import type { Allowance } from "./allowance.ts";
import type { LeftFor, LeftRow } from "./left-row.ts";

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

/** A row that names something a blocklist can hold. */
interface Row {
  intel: Intel;
  entry: Entry;
  criterion: Criterion;
  key: string;
}

const dayMs = 86_400_000;

/** Finds out what a feed names, row by row: what cannot be taken is left out, and does not stop the rest. */
export function* sift(intel: readonly Intel[], sieve: Sieve): Steps<Sifted> {
  const left: { key: string; row: LeftRow }[] = [];
  const leave = (key: string, { place }: Intel, entry: string, why: LeftFor, message: string) => {
    left.push({ key, row: { entry, why, message: complaintAt(place, message) } });
  };
  const rows: Row[] = [];
  const readings = yield* tryReadEntries(intel.map(({ kind, value }) => (isSender(kind) ? value : "")));
  intel.forEach((one, index) => {
    const read = readRow(one, readings[index] as EntryReading);
    if ("complaint" in read) leave(`${one.kind} ${one.value}`, one, cleanLine(one.value), "unusable", read.complaint);
    else rows.push({ intel: one, ...read, key: keyOf(read.criterion) });
  });
  const revocations = findRevocations(rows);
  const wanted: { [key: string]: { row: Row; end: number } } = {};
  const order: string[] = [];
  const revoked: Criterion[] = [];
  const overridden: string[] = [];
  rows.forEach((row) => {
    const refusal = findRefusal(row, revocations[row.key], sieve, overridden);
    if (refusal !== undefined) {
      leave(row.key, row.intel, row.entry.text, refusal.why, refusal.message);
      if (refusal.why === "revoked") revoked.push(row.criterion);
      return;
    }
    const end = row.intel.validUntil ?? Infinity;
    const known = wanted[row.key];
    if (known === undefined) order.push(row.key);
    if (known === undefined || end > known.end) wanted[row.key] = { row, end };
  });
  const last = sieve.now + sieve.expireDays * dayMs;
  const chosen = order.map((key) => wanted[key] as { row: Row; end: number });
  return {
    wanted: chosen.map(({ row, end }) => ({
      ...row.criterion,
      comment: cleanLine(row.intel.label ?? ""),
      until: dayOf(Math.min(end, last)),
    })),
    entries: chosen.map(({ row }) => row.entry),
    left: eachOnce(left.filter(({ key }) => wanted[key] === undefined)),
    revoked,
    notes: overridden.length === 0 ? [] : [listComplaints(overridden)],
  };
}

function isSender(kind: Intel["kind"]): boolean {
  return kind === "sender" || kind === "domain" || kind === "ip" || kind === "host";
}

function readRow({ kind }: Intel, reading: EntryReading): Pick<Row, "entry" | "criterion"> | { complaint: string } {
  if (!isSender(kind))
    return { complaint: `It names a ${kindNames[kind] ?? kind}, which no blocklist of senders holds.` };
  if ("complaint" in reading) return reading;
  const criterion = toCriterion(reading.entry, kind === "host" ? "host" : undefined);
  return "complaint" in criterion ? criterion : { entry: reading.entry, criterion };
}

const kindNames: { readonly [kind: string]: string } = {
  url: "link",
  hash: "file's hash",
  messageId: "Message-ID",
  attachment: "file",
};

/** When the feed took an entry back for the last time; whatever it says of no time is as late as can be. */
function findRevocations(rows: readonly Row[]): { [key: string]: number } {
  const latest: { [key: string]: number } = {};
  rows.forEach(({ intel, key }) => {
    if (intel.revoked) latest[key] = Math.max(latest[key] ?? -Infinity, intel.created ?? Infinity);
  });
  return latest;
}

function findRefusal(
  { intel, entry, criterion }: Row,
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

/** Of several rows that name one thing, the first. */
function eachOnce(left: readonly { key: string; row: LeftRow }[]): LeftRow[] {
  const told: { [key: string]: true } = {};
  return left
    .filter(({ key }) => {
      const isNew = told[key] !== true;
      told[key] = true;
      return isNew;
    })
    .map(({ row }) => row);
}
