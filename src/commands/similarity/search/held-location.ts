import { largest, smallest } from "../../../core/extremes.ts";
import type { Steps } from "../../../core/steps.ts";
import { clockDifference } from "../../clock-slack.ts";
import type { Window } from "../../quarantine/walk.ts";
import { isSameFolder, spellFolder } from "../../site-folders.ts";
import type { Sighting } from "../sightings.ts";
import { remaining } from "./search-budget.ts";
import { senderTerm, subjectTerm } from "./search-terms.ts";
import { type CampaignSearch, mostOfTerm, searchFolders, timeOf } from "./term-search.ts";

/** Within one folder and a short time, a subject that says less does too. */
const leastWeight = 0.6;

interface Query {
  folder: string;
  sender?: string;
  subject?: string;
}

interface Missing {
  sighting: Sighting;
  /** What would find its record, as JSON. */
  queries: string[];
}

/** Strangers found on the way, where only a few searches are allowed: as many again, and some. */
const mostStrangers = 500;

/**
 * Looks for the records of messages of this score or more that the trace says were put into quarantine: only a record can
 * be acted on. Each search is for the subject or the sender most of those still missing in a folder share, within their
 * time. Gives how many are still missing after `mostSearches`, which then may not be long either.
 */
export function* locateHeld(
  search: CampaignSearch,
  least: number,
  mostSearches = Number.POSITIVE_INFINITY,
): Steps<number> {
  let left = findMissing(search, least);
  for (let searches = 0; left.length > 0 && remaining(search.budget) > 0 && searches < mostSearches; searches++) {
    const query = mostShared(left);
    const sought = left.filter(({ queries }) => queries.indexOf(query) >= 0).map(({ sighting }) => sighting);
    const most = mostSearches < Number.POSITIVE_INFINITY ? 2 * sought.length + mostStrangers : mostOfTerm;
    const { folder, ...asked } = JSON.parse(query) as Query;
    const isWhole = yield* searchFolders(asked, [folder], windowOf(sought, most, search), search);
    sought.forEach((sighting) => {
      sighting.isLookedFor = isWhole;
    });
    left = left.filter(({ sighting }) => sighting.isLookedFor === undefined && sighting.copies.length === 0);
  }
  return left.length;
}

function findMissing(search: CampaignSearch, least: number): Missing[] {
  const missing: Missing[] = [];
  search.sightings.all.forEach((sighting) => {
    if (sighting.likeness.score < least) return;
    const folder = folderToLookIn(sighting, search);
    if (folder !== undefined) missing.push(toMissing(sighting, folder));
  });
  return missing;
}

/** Where the trace says a message lies whose record was not looked for yet; undefined where no search is to look there. */
export function folderToLookIn(
  { folders, copies, isLookedFor }: Sighting,
  { context, areFoldersNamed, folders: named }: CampaignSearch,
): string | undefined {
  if (copies.length > 0 || isLookedFor !== undefined) return undefined;
  // The folder it is in now, where the trace knows it.
  const folder = folders[folders.length - 1];
  if (folder === undefined) return undefined;
  const name = spellFolder(context.folders, folder);
  return areFoldersNamed && !named.some((other) => isSameFolder(other, name)) ? undefined : name;
}

function toMissing(sighting: Sighting, folder: string): Missing {
  const subject = subjectTerm(sighting.subject, leastWeight)?.quarantine;
  const sender = senderTerm(sighting.sender.toLowerCase(), { ownDomains: [] })?.quarantine;
  const queries = [JSON.stringify({ folder, ...sender })];
  if (subject) queries.push(JSON.stringify({ folder, ...subject }));
  return { sighting, queries };
}

/** What is looked for by the words of a subject finds strangers as well: they have to spare more than that costs. */
const worthOfSubject = 0.3;

function mostShared(left: readonly Missing[]): string {
  const counts: Record<string, number> = {};
  let most = "";
  left.forEach(({ queries }) => {
    queries.forEach((query, index) => {
      const count = (counts[query] ?? 0) + (index === 0 ? 1 : worthOfSubject);
      counts[query] = count;
      if (count > (counts[most] ?? 0)) most = query;
    });
  });
  return most;
}

function windowOf(sought: readonly Sighting[], most: number, search: CampaignSearch): Window & { most: number } {
  const times = sought.map(({ receivedAt }) => new Date(receivedAt ?? "").getTime());
  const [start, end] = [smallest(times), largest(times)];
  const { start: first, end: last } = timeOf(search);
  return start > 0
    ? { start: start - clockDifference, end: end + clockDifference, most }
    : { start: first, end: last, most };
}
