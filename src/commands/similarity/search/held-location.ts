import type { Steps } from "../../../core/steps.ts";
import type { Window } from "../../quarantine/walk.ts";
import { isSameFolder, spellFolder } from "../../site-folders.ts";
import { remaining } from "./search-budget.ts";
import { senderTerm, subjectTerm } from "./search-terms.ts";
import type { Sighting } from "./sightings.ts";
import { type Hunt, searchFolders } from "./term-search.ts";

/** How far the clocks of filter and quarantine may differ for one message. */
const clockDifference = 5 * 60_000;

/** Within one folder and a short time, a subject that says less does too. */
const leastWeight = 0.6;

interface Query {
  sender?: string;
  subject?: string;
}

interface Missing {
  sighting: Sighting;
  /** What would find its record, as JSON. */
  queries: string[];
}

/**
 * Looks for the records of messages of this score or more that the trace says were put into quarantine: only a record can
 * be acted on. Each search is for the subject or the sender most of those still missing in a folder share, within their
 * time. Gives how many are still missing after `mostSearches`.
 */
export function* locateHeld(hunt: Hunt, least: number, mostSearches: number): Steps<number> {
  const missing = hunt.sightings.all.filter(
    (sighting) =>
      sighting.likeness.score >= least &&
      sighting.folders.length > 0 &&
      sighting.copies.length === 0 &&
      sighting.isLookedFor === undefined,
  );
  let missed = 0;
  let searches = 0;
  for (const { folder, members } of byFolder(missing, hunt)) {
    let left = members.map(toMissing);
    while (left.length > 0 && remaining(hunt.budget) > 0 && searches < mostSearches) {
      const query = mostShared(left);
      const sought = left.filter(({ queries }) => queries.indexOf(query) >= 0).map(({ sighting }) => sighting);
      const isWhole = yield* searchFolders(JSON.parse(query) as Query, [folder], windowOf(sought), hunt);
      searches++;
      sought.forEach((sighting) => {
        sighting.isLookedFor = isWhole;
      });
      left = left.filter(({ sighting }) => sighting.isLookedFor === undefined && sighting.copies.length === 0);
    }
    missed += left.length;
  }
  return missed;
}

/** The folder a message is in now, where the trace knows it. */
function byFolder(missing: readonly Sighting[], hunt: Hunt): { folder: string; members: Sighting[] }[] {
  const folders: { folder: string; members: Sighting[] }[] = [];
  missing.forEach((sighting) => {
    const folder = spellFolder(hunt.context.folders, sighting.folders[sighting.folders.length - 1] as string);
    if (hunt.areFoldersNamed && !hunt.folders.some((named) => isSameFolder(named, folder))) return;
    const known = folders.filter((entry) => isSameFolder(entry.folder, folder))[0];
    if (known) known.members.push(sighting);
    else folders.push({ folder, members: [sighting] });
  });
  return folders;
}

function toMissing(sighting: Sighting): Missing {
  const subject = subjectTerm(sighting.subject, leastWeight)?.quarantine;
  const sender = senderTerm(sighting.sender.toLowerCase(), { ownDomains: [] })?.quarantine;
  const queries = [JSON.stringify(sender ?? {})];
  if (subject) queries.push(JSON.stringify(subject));
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

function windowOf(sought: readonly Sighting[]): Window | undefined {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  sought.forEach(({ receivedAt }) => {
    const time = receivedAt === null ? Number.NaN : new Date(receivedAt).getTime();
    start = Math.min(start, time);
    end = Math.max(end, time);
  });
  return start > 0 ? { start: start - clockDifference, end: end + clockDifference } : undefined;
}
