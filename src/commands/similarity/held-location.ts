import type { Steps } from "../../core/steps.ts";
import { isSameFolder, spellFolder } from "../site-folders.ts";
import { weakFrom } from "./campaign.ts";
import { remaining } from "./search-budget.ts";
import { senderTerm, subjectTerm } from "./search-terms.ts";
import type { Sighting } from "./sightings.ts";
import { type Hunt, searchFolders } from "./term-search.ts";

/** How far the clocks of filter and quarantine may differ for one message. */
const clockDifference = 5 * 60_000;

interface Group {
  query: { sender?: string; subject?: string };
  members: Sighting[];
}

/**
 * Looks for the records of messages that the trace says were put into quarantine: only a record can be acted on. Each
 * search is for the subject or the sender most of those still missing in a folder share, within their time.
 */
export function* locateHeld(hunt: Hunt): Steps<void> {
  const missing = hunt.sightings.all.filter(
    (sighting) =>
      sighting.likeness.score >= weakFrom &&
      sighting.folders.length > 0 &&
      sighting.copies.length === 0 &&
      sighting.isLookedFor === undefined,
  );
  for (const { folder, members } of byFolder(missing, hunt)) {
    let left = members;
    while (left.length > 0 && remaining(hunt.budget) > 0) {
      const group = largestGroup(left);
      const isWhole = yield* searchFor(group, folder, hunt);
      const settled = group.members;
      left = left.filter((sighting) => settled.indexOf(sighting) < 0 && sighting.copies.length === 0);
      settled.forEach((sighting) => {
        sighting.isLookedFor = isWhole;
      });
    }
  }
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

function largestGroup(left: readonly Sighting[]): Group {
  const groups: Record<string, Group> = {};
  left.forEach((sighting) => {
    const subject = subjectTerm(sighting.subject)?.quarantine;
    const sender = senderTerm(sighting.sender.toLowerCase(), { ownDomains: [] })?.quarantine;
    [subject, sender ?? {}].forEach((query) => {
      if (query === undefined) return;
      const key = JSON.stringify(query);
      const group = groups[key] ?? { query, members: [] };
      group.members.push(sighting);
      groups[key] = group;
    });
  });
  const keys = Object.keys(groups).sort(
    (one, other) => (groups[other] as Group).members.length - (groups[one] as Group).members.length,
  );
  return groups[keys[0] as string] as Group;
}

function* searchFor({ query, members }: Group, folder: string, hunt: Hunt): Steps<boolean> {
  const times = members.map(({ receivedAt }) => (receivedAt === null ? Number.NaN : new Date(receivedAt).getTime()));
  const start = Math.min.apply(null, times);
  const end = Math.max.apply(null, times);
  const window = start > 0 ? { start: start - clockDifference, end: end + clockDifference } : undefined;
  return yield* searchFolders(query, [folder], window, hunt);
}
