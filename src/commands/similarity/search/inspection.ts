import { isPpsError } from "../../../core/errors.ts";
import { inspect, type Steps, together } from "../../../core/steps.ts";
import { noteOf } from "../../answers.ts";
import { readIndicators } from "../../indicators/mail-indicators.ts";
import { fetchRaw } from "../../quarantine/download.ts";
import { weakFrom } from "../campaign.ts";
import { type Sighting, traitsOf } from "../sightings.ts";
import { folderToLookIn } from "./held-location.ts";
import { remaining, tell } from "./search-budget.ts";
import { sharesFileName } from "./seed-files.ts";
import type { CampaignSearch } from "./term-search.ts";

/** Raw messages fetched at the same time: each may be large. */
const sideBySide = 5;

/** Of one mailing, those opened: what they have in common stands for the others. */
const mostOfMailing = 4;

/**
 * Opens held messages that may or may not belong, so that their links and attachments can be compared: a few of each
 * mailing, the one nearest to belonging first. Gives how many were opened; called again, it goes on with what has become
 * likely meanwhile.
 */
export function* inspectUncertain(search: CampaignSearch, most: number, threshold: number): Steps<number> {
  if (search.context.hasMailParser === false) return 0;
  const chosen = chooseUncertain(search, threshold).slice(0, Math.min(most, remaining(search.budget)));
  for (let index = 0; index < chosen.length; index += sideBySide) {
    yield* together(chosen.slice(index, index + sideBySide).map((sighting) => openMessage(sighting, search)));
  }
  return chosen.length;
}

function chooseUncertain(search: CampaignSearch, threshold: number): Sighting[] {
  const opened: Record<string, number> = {};
  const highest: Record<string, number> = {};
  const uncertain = search.sightings.all.filter((sighting) => {
    const { guid, likeness, isOpened } = sighting;
    const { mailing } = traitsOf(sighting);
    if (isOpened) opened[mailing] = (opened[mailing] ?? 0) + 1;
    if (guid === "" || isOpened || !isUncertain(sighting, threshold, search)) return false;
    highest[mailing] = Math.max(highest[mailing] ?? 0, likeness.score);
    return true;
  });
  return uncertain
    .map((sighting) => ({ sighting, mailing: traitsOf(sighting).mailing }))
    .sort((one, other) => {
      const apart = (highest[other.mailing] as number) - (highest[one.mailing] as number);
      if (apart !== 0 || one.mailing === other.mailing) return apart || compare(one.sighting.guid, other.sighting.guid);
      return compare(one.mailing, other.mailing);
    })
    .filter(({ mailing }) => {
      opened[mailing] = (opened[mailing] ?? 0) + 1;
      return (opened[mailing] as number) <= mostOfMailing;
    })
    .map(({ sighting }) => sighting);
}

/** By the guid, which chance gave: no kind of message of a mailing comes first. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** A file of the same name may be the same file, however little else is alike: it is opened where only the trace shows it too. */
function isUncertain(sighting: Sighting, threshold: number, search: CampaignSearch): boolean {
  const { likeness, copies } = sighting;
  if (likeness.score >= threshold) return false;
  if (copies.length > 0 && likeness.score >= weakFrom) return true;
  if (!sharesFileName(sighting, search.files)) return false;
  return copies.length > 0 || folderToLookIn(sighting, search) !== undefined;
}

function* openMessage(sighting: Sighting, search: CampaignSearch): Steps<void> {
  search.budget.requests++;
  sighting.isOpened = true;
  try {
    const contents = yield* inspect(yield* fetchRaw(sighting.guid));
    sighting.indicators = readIndicators(contents, search.context.ownDomains);
    sighting.traits = undefined;
  } catch (error) {
    if (!isPpsError(error) || error.code === "denied") throw error;
    // It may have left quarantine meanwhile, which says nothing of its likeness.
    if (error.code !== "not_found") tell(search.budget, `A held message could not be opened: ${noteOf(error)}`);
  }
}
