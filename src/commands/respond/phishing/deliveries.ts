import type { Output } from "../../../core/command.ts";
import type { CampaignMessage } from "../../similarity/campaign.ts";
import { isReleased } from "../../similarity/held-copy.ts";

/** One recipient who has one message in a mailbox. */
export interface Delivery {
  recipient: string;
  guid: string;
  /** Without angle brackets. */
  messageId: string;
  sender: string;
  subject: string;
  /** ISO 8601 in UTC; null when it cannot be read. */
  receivedAt: string | null;
  score: number;
}

/** What each value means; the same list as `Delivery`. */
export const deliveryOutputs: readonly Output[] = [
  { name: "recipient", type: "string", description: "Who has the message in a mailbox." },
  { name: "messageId", type: "string", description: "Header Message-ID without angle brackets." },
  { name: "sender", type: "string", description: "Envelope sender; empty for a bounce." },
  { name: "subject", type: "string", description: "Subject; written by the sender." },
  { name: "receivedAt", type: "time", description: "When the message arrived, in UTC." },
  { name: "score", type: "number", description: "How alike it is to what was reported, 0 to 100." },
  { name: "guid", type: "string", description: "Global id of the message." },
];

/** So many are listed at most. */
const most = 100_000;

/** Who got it, for the tool that can take mail out of mailboxes, and what has to be said of that. */
export interface Deliveries {
  deliveries: Delivery[];
  isCut: boolean;
  notes: string[];
}

/** Lists recipients of what surely belongs to the campaign, and with `weak` of the rest: that tool would delete it too. */
export function listDeliveries(messages: readonly CampaignMessage[], weak: boolean): Deliveries {
  const deliveries: Delivery[] = [];
  let delivered = 0;
  let released = 0;
  let weakOnly = 0;
  let recipients = 0;
  messages.forEach((message) => {
    if (!message.isDelivered) return;
    if (message.strength === "weak" && !weak) {
      weakOnly++;
      return;
    }
    const { guid, messageId, sender, subject, receivedAt, score } = message;
    delivered++;
    if (isReleased(message.copies)) released++;
    recipients += message.recipients.length;
    message.recipients.slice(0, most - deliveries.length).forEach((recipient) => {
      deliveries.push({ recipient, guid, messageId, sender, subject, receivedAt, score });
    });
  });
  const isCut = recipients > deliveries.length;
  return { deliveries, isCut, notes: noteDeliveries({ delivered, released, recipients, weakOnly, isCut }) };
}

function noteDeliveries(of: {
  delivered: number;
  released: number;
  recipients: number;
  weakOnly: number;
  isCut: boolean;
}): string[] {
  const notes: string[] = [];
  if (of.delivered > 0) {
    const messages = of.delivered === 1 ? "1 message was" : `${of.delivered} messages were`;
    const times = of.recipients === 1 ? "one mailbox" : `${of.recipients} mailboxes`;
    notes.push(
      `${messages} delivered to ${times}. PPS cannot take mail back from mailboxes: the list of deliveries is for the tool that can.`,
    );
  }
  if (of.released > 0) {
    const were = of.released === 1 ? "was" : "were";
    notes.push(
      `${of.released} of them ${were} released from quarantine, by what PPS notes of ${of.released === 1 ? "it" : "them"}.`,
    );
  }
  if (of.isCut) notes.push(`The list of deliveries is cut after ${most}.`);
  if (of.weakOnly > 0) {
    const matches = of.weakOnly === 1 ? "1 delivered message matches" : `${of.weakOnly} delivered messages match`;
    notes.push(`${matches} only weakly and ${of.weakOnly === 1 ? "is" : "are"} not in the list of deliveries.`);
  }
  return notes;
}
