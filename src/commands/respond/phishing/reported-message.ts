import type { KnownMessage } from "../../message/known-message.ts";
import type { CampaignMessage } from "../../similarity/campaign.ts";
import { createSightings } from "../../similarity/search/sightings.ts";
import { stateOf } from "../../trace/message-state.ts";

const itself = "it is the message that was reported";

/**
 * The campaign with the message a guid names first: it belongs to it whatever it looks like, also where nothing that it
 * shows can be searched for, as of a bounce without sender and Message-ID.
 */
export function includeReported(
  messages: readonly CampaignMessage[],
  reported: CampaignMessage | undefined,
): CampaignMessage[] {
  if (reported === undefined) return messages.slice();
  const isReported = ({ guid }: CampaignMessage) => guid === reported.guid;
  const [found = reported] = messages.filter(isReported);
  const { score, strength, reasons } = reported;
  const copies = found.copies.length > 0 ? found : reported;
  const own: CampaignMessage = {
    ...found,
    ...{ copies: copies.copies, state: copies.state, score, strength },
    reasons: reasons.concat(found.reasons.filter((reason) => reason !== itself)),
  };
  return [own].concat(messages.filter((message) => !isReported(message)));
}

/** What trace and quarantine tell of a message that was named; undefined where neither knows it. */
export function toReported({ trace, quarantine, isIncomplete }: KnownMessage): CampaignMessage | undefined {
  const sightings = createSightings();
  sightings.addTraced(trace);
  sightings.addHeld(quarantine);
  const [sighting] = sightings.all;
  if (sighting === undefined) return undefined;
  const { guid, messageId, sender, recipients, subject, receivedAt, senderIp, sizeBytes, copies, finalRule } = sighting;
  const isHeld = copies.length > 0;
  return {
    ...{ guid, messageId, sender, recipients, subject, receivedAt, senderIp, sizeBytes, copies, finalRule },
    state: sighting.isDelivered && !isHeld ? "delivered" : stateOf(sighting, isHeld, !isIncomplete),
    isDelivered: sighting.isDelivered,
    score: 100,
    strength: "strong",
    reasons: [itself],
  };
}
