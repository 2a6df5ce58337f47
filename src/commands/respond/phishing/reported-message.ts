import type { KnownMessage } from "../../message/known-message.ts";
import type { CampaignMessage } from "../../similarity/campaign.ts";
import { isReleased, readHeldCopy } from "../../similarity/held-copy.ts";
import { stateOf } from "../../trace/message-state.ts";
import { readText } from "../../wire.ts";

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
  const { score, strength, reasons, isTied } = reported;
  const { copies, state } = found.copies.length > 0 ? found : reported;
  const own: CampaignMessage = {
    ...found,
    ...{ copies, state, score, strength, isTied },
    isDelivered: found.isDelivered || reported.isDelivered,
    reasons: reasons.concat(found.reasons.filter((reason) => reason !== itself)),
  };
  return [own].concat(messages.filter((message) => !isReported(message)));
}

/** What trace and quarantine tell of a message that was named; undefined where neither knows it. */
export function toReported({ trace, quarantine, isIncomplete }: KnownMessage): CampaignMessage | undefined {
  const [traced] = trace;
  const record = traced ?? quarantine[0];
  if (record === undefined) return undefined;
  const { guid, messageId, sender, recipients, subject, receivedAt, sizeBytes } = record;
  const copies = quarantine.map(readHeldCopy);
  const isHeld = copies.length > 0;
  const isDelivered = trace.some((one) => stateOf(one, false) === "delivered") || isReleased(copies);
  return {
    ...{ guid, messageId, sender, recipients: recipients.slice(), subject, receivedAt, copies, isDelivered },
    senderIp: readText(traced?.senderIp),
    sizeBytes: typeof sizeBytes === "number" ? sizeBytes : null,
    finalRule: readText(traced?.finalRule),
    state: isDelivered && !isHeld ? "delivered" : stateOf(traced ?? unknown, isHeld, !isIncomplete),
    score: 100,
    strength: "strong",
    reasons: [itself],
    isTied: true,
  };
}

/** Nothing is known of where it went. */
const unknown = { finalAction: "", currentFolder: "" };
