import type { RunContext } from "../../../core/command.ts";
import { isPpsError } from "../../../core/errors.ts";
import { progress, type Steps, together } from "../../../core/steps.ts";
import { cleanLine, noteOf } from "../../answers.ts";
import { clockSlack } from "../../clock-slack.ts";
import { fewNames } from "../../few-names.ts";
import { type Listing, listMessages, notesButAbsent } from "../../quarantine/listing.ts";
import type { Message } from "../../quarantine/message.ts";
import type { Window } from "../../quarantine/walk.ts";
import { type SeenAnswers, searchTrace, type TraceListing } from "../../trace/listing.ts";
import type { TraceRecord } from "../../trace/record.ts";
import type { Sightings } from "../sightings.ts";
import { gather, giveUp, remaining, type SearchBudget, tell } from "./search-budget.ts";
import type { Term } from "./search-terms.ts";
import type { SeedFiles } from "./seed-files.ts";

/** Messages looked at in one search for a campaign, for each is kept until the end. */
const mostSightings = 50_000;

/** Records of one term: a sender, a host or a subject with more is anybody's. */
export const mostOfTerm = 12_000;

/** The same of a host or subject that was only found on the way: strangers share it, and some of it tells what it is. */
export const mostOfShared = 2000;

/** The same of what anybody's mail may show. */
const mostOfEveryday = 200;

const day = 86_400_000;

/** A search under way: what it goes by and what it has come to. */
export interface CampaignSearch {
  readonly context: RunContext;
  readonly since: number;
  readonly until: number | undefined;
  /** Those to look in; one that PPS does not have is taken out. */
  folders: string[];
  /** Whether the caller named them, so that no other may be looked in. */
  readonly areFoldersNamed: boolean;
  readonly sightings: Sightings;
  /** What the seeds carry. */
  readonly files: SeedFiles;
  readonly budget: SearchBudget;
  /** What the trace has shown of its answers. */
  readonly seen: SeenAnswers;
  /** False once the trace has refused. */
  hasTrace: boolean;
  /** Keys of the terms there were. */
  readonly asked: Record<string, true>;
  /** Of them those that were not read to their end, as they are shared with strangers. */
  readonly cut: Record<string, Term>;
  /** Of them those whose search broke off. */
  readonly broken: Record<string, true>;
}

/** The time that is searched. */
export function timeOf({ since, until, context }: CampaignSearch): Window {
  return { start: since, end: until ?? context.now + clockSlack };
}

/** Searches the trace for each of the terms, side by side. */
export function* searchTraceFor(terms: readonly Term[], search: CampaignSearch): Steps<void> {
  if (!search.hasTrace) return;
  const traced = terms.filter(({ trace }) => trace !== undefined);
  yield* together(traced.map((term) => traceTerm(term, mostOfTerm, search)));
}

/** The same for what was found on the way. */
export function* searchTraceOnward(terms: readonly Term[], search: CampaignSearch): Steps<void> {
  if (!search.hasTrace) return;
  const traced = terms.filter(({ trace }) => trace !== undefined);
  yield* together(
    traced.map((term) => traceTerm(term, term.trace?.sender === undefined ? mostOfShared : mostOfTerm, search)),
  );
}

function* traceTerm(term: Term, mostWanted: number, search: CampaignSearch): Steps<void> {
  const { budget, sightings, context } = search;
  const most = term.near === undefined ? mostWanted : mostOfEveryday;
  const room = Math.min(most, mostSightings - sightings.all.length);
  if (room <= 0) return giveUpSightings(search);
  const span = spanOf(term, search);
  const query = { ...span, ...term.trace, limit: room + 1, seen: search.seen };
  try {
    const { items, result, isCut, isSpent } = yield* gather<TraceRecord, TraceListing>(
      searchTrace(query, context.now),
      budget,
      room,
    );
    sightings.addTraced(items);
    if (isSpent) search.broken[term.key] = true;
    if (term.near !== undefined)
      tellEveryday(term, span.since !== search.since || span.until !== search.until, isCut === true, search);
    else if (isCut && most === mostOfShared) search.cut[term.key] = term;
    else if (isCut) noteCut(term, most, search);
    if (result?.truncated) {
      budget.truncated = true;
      result.notes.forEach((note) => {
        tell(budget, note);
      });
    }
  } catch (error) {
    if (!isPpsError(error)) throw error;
    search.broken[term.key] = true;
    budget.truncated = true;
    if (error.code === "denied") search.hasTrace = false;
    else budget.failed = true;
    tell(budget, `The trace was not searched to its end, so that delivered mail may be missing: ${noteOf(error)}`);
  }
}

/** The day around what is to be found, where that lies in the time that is searched. */
function spanOf(
  { near }: Term,
  { since, until, context }: CampaignSearch,
): { since: number; until?: number | undefined } {
  const isInside = near !== undefined && near >= since && near <= (until ?? context.now);
  if (!isInside) return { since, until };
  const end = near + day;
  return { since: Math.max(since, near - day), until: end < (until ?? context.now) ? end : until };
}

/** What is common is no campaign: that there is more of it does not make the answer a part. */
function tellEveryday({ trace }: Term, isNarrow: boolean, isCut: boolean, { budget }: CampaignSearch): void {
  const names = fewNames((trace?.attachment ?? []).map(cleanLine));
  if (isNarrow) tell(budget, `Many files are called ${names}: looked for within a day of what was reported only.`);
  if (isCut)
    tell(budget, `More than ${mostOfEveryday} messages carry ${names}; only the newest of them were looked at.`);
}

/** Searches these folders for each of the terms, one after another: the first shows which folders there are. */
export function* searchFoldersFor(
  terms: readonly Term[],
  folders: readonly string[],
  search: CampaignSearch,
): Steps<void> {
  const [first, ...others] = terms.filter(({ quarantine }) => quarantine !== undefined);
  if (first === undefined) return;
  yield* searchFolders(first.quarantine ?? {}, folders, undefined, search, first);
  const present = folders.filter((folder) => search.folders.indexOf(folder) >= 0);
  yield* together(others.map((term) => searchFolders(term.quarantine ?? {}, present, undefined, search, term)));
}

/**
 * One search over folders, in the whole time unless a window is given, and with it how many messages are worth it. Tells
 * whether it came to its end. Throws PpsError where nothing at all could be read yet.
 */
export function* searchFolders(
  query: { sender?: string; subject?: string },
  folders: readonly string[],
  window: (Window & { most: number }) | undefined,
  search: CampaignSearch,
  term?: Term,
): Steps<boolean> {
  const { budget, sightings } = search;
  // What is looked for within a window is known already: little of it is new.
  const room = window === undefined ? Math.min(mostOfTerm, mostSightings - sightings.all.length) : window.most;
  if (folders.length === 0) return true;
  if (room <= 0) giveUpSightings(search);
  else if (remaining(budget) === 0) giveUp(budget);
  if (room <= 0 || remaining(budget) === 0) return false;
  const order = {
    folders,
    query: { ...query, status: true },
    window: window ?? timeOf(search),
    limit: room + 1,
    keep: () => true,
    mostRequests: remaining(budget),
  };
  try {
    const { items, result, isCut } = yield* gather<Message, Listing>(listMessages(order), budget, room);
    sightings.addHeld(items);
    if (isCut && term) noteCut(term, mostOfTerm, search);
    if (result) readListing(result, search);
    yield* progress(`${sightings.all.length} messages looked at`);
    return result !== undefined && !result.truncated;
  } catch (error) {
    if (!isPpsError(error) || error.code === "denied" || sightings.all.length === 0) throw error;
    budget.truncated = true;
    budget.failed = true;
    tell(budget, `Quarantine was not searched to its end: ${noteOf(error)}`);
    return false;
  }
}

function readListing(listing: Listing, search: CampaignSearch): void {
  const { searched, truncated, failed, notes } = listing;
  const absent = searched.filter(({ state }) => state === "absent").map(({ folder }) => folder);
  if (absent.length > 0) search.folders = search.folders.filter((folder) => absent.indexOf(folder) < 0);
  const lacksNamed = search.areFoldersNamed && absent.length > 0;
  if (truncated || lacksNamed) search.budget.truncated = true;
  if (failed || lacksNamed) search.budget.failed = true;
  // A site need not have every usual folder; what was named should be there.
  (search.areFoldersNamed ? notes : notesButAbsent(listing)).forEach((note) => {
    tell(search.budget, note);
  });
}

/** Tells that not all that this term finds was looked at. */
export function noteCut(term: Term, most: number, search: CampaignSearch): void {
  search.budget.truncated = true;
  const what = cleanLine(term.key.replace(/\|.*/, ""));
  tell(search.budget, `More than ${most} messages match ${what}; only the newest of them were looked at.`);
}

function giveUpSightings({ budget }: CampaignSearch): void {
  budget.truncated = true;
  tell(budget, `The search was given up after ${mostSightings} messages; a later start finds fewer.`);
}
