import type { CampaignMessage } from "../../similarity/campaign.ts";

/** How large a campaign is. All but the first three count only what surely belongs to it. */
export interface CampaignFacts {
  messages: number;
  strong: number;
  weak: number;
  held: number;
  /** Also those of which a copy is held. */
  delivered: number;
  stopped: number;
  /** Different envelope senders. */
  senders: number;
  /** Different envelope recipients. */
  recipients: number;
  /** When the first and the last of them arrived, ISO 8601 in UTC; null where there is none. */
  first: string | null;
  last: string | null;
}

/** Counts the messages of a campaign. */
export function describeCampaign(messages: readonly CampaignMessage[]): CampaignFacts {
  const strong = messages.filter(({ strength }) => strength === "strong");
  const inState = (wanted: CampaignMessage["state"]) => strong.filter(({ state }) => state === wanted).length;
  let first: string | null = null;
  let last: string | null = null;
  const senders: string[] = [];
  const recipients: string[] = [];
  strong.forEach((message) => {
    const { receivedAt } = message;
    if (receivedAt !== null && (first === null || receivedAt < first)) first = receivedAt;
    if (receivedAt !== null && (last === null || receivedAt > last)) last = receivedAt;
    senders.push(message.sender);
    message.recipients.forEach((recipient) => {
      recipients.push(recipient);
    });
  });
  return {
    messages: messages.length,
    strong: strong.length,
    weak: messages.length - strong.length,
    held: inState("held"),
    delivered: strong.filter(({ isDelivered }) => isDelivered).length,
    stopped: inState("stopped"),
    senders: countDifferent(senders),
    recipients: countDifferent(recipients),
    first,
    last,
  };
}

function countDifferent(addresses: readonly string[]): number {
  const seen: Record<string, true> = {};
  addresses.forEach((address) => {
    seen[`address ${address.toLowerCase()}`] = true;
  });
  return Object.keys(seen).length;
}
