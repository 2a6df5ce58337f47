import { type Campaign, type CampaignMessage, shownFrom } from "./campaign.ts";
import { isReleased } from "./held-copy.ts";
import type { CampaignSearch } from "./search/term-search.ts";
import { type Sighting, stateOfSighting } from "./sightings.ts";
import { noteFiles } from "./uncompared-files.ts";

/** So long it may take until the trace shows a message. */
const traceDelay = 10 * 60_000;

const notYetTraced = "Mail of the last minutes may not be in the trace yet; look again later for what may be missing.";

/** The campaign as it is told, best first. */
export function conclude(search: CampaignSearch, threshold: number): Campaign {
  const { sightings, budget } = search;
  const least = shownFrom(threshold);
  const messages = sightings.all
    .filter(({ likeness }) => likeness.score >= least)
    .sort((one, other) => other.likeness.score - one.likeness.score)
    .map((sighting) => toMessage(sighting, threshold));
  const below = sightings.all
    .filter(({ likeness }) => likeness.score > 0 && likeness.score < least)
    .map(({ guid, likeness }) => ({ guid, score: likeness.score }));
  const { truncated, failed, requests } = budget;
  const notes = budget.notes.concat(noteFiles(search, least), isLatestMissing(messages, search) ? [notYetTraced] : []);
  return { messages, below, truncated, failed, requests, notes };
}

function toMessage(sighting: Sighting, threshold: number): CampaignMessage {
  const { guid, messageId, sender, recipients, subject, receivedAt, senderIp, sizeBytes, copies, finalRule } = sighting;
  const { score, reasons, isTied } = sighting.likeness;
  return {
    ...{ guid, messageId, sender, recipients, subject, receivedAt, senderIp, sizeBytes, copies, finalRule },
    state: stateOfSighting(sighting, sighting.isLookedFor === true),
    isDelivered: sighting.isDelivered || isReleased(copies),
    score,
    strength: score >= threshold ? "strong" : "weak",
    reasons,
    isTied,
  };
}

/** Whether the time searched reaches to now, and nothing was found or the newest came just now: then more may be to come. */
function isLatestMissing(
  messages: readonly CampaignMessage[],
  { hasTrace, until, context: { now } }: CampaignSearch,
): boolean {
  if (!hasTrace || (until !== undefined && until < now - traceDelay)) return false;
  const isYoung = ({ receivedAt }: CampaignMessage) =>
    receivedAt !== null && new Date(receivedAt).getTime() > now - traceDelay;
  return messages.length === 0 || messages.some(isYoung);
}
