import type { MailAttachment } from "../../../core/mail-file.ts";
import { cleanLine } from "../../answers.ts";
import { fewNames } from "../../few-names.ts";
import type { Message } from "../../quarantine/message.ts";
import { statusesOf } from "../../quarantine/release-note.ts";
import { type MessageState, stateOf } from "../../trace/message-state.ts";
import { readText } from "../../wire.ts";
import type { ResponseItem } from "../response-item.ts";
import type { ChosenMessage } from "./chosen-message.ts";

/** What is known of the message, for whoever decides. Texts are the sender's own: hostile. */
export interface AboutMessage {
  guid: string;
  state: MessageState;
  localGuid?: string;
  folder?: string;
  receivedAt: string | null;
  sender: string;
  /** Addresses of the From header; empty without raw mail. */
  from: string[];
  recipients: string[];
  subject: string;
  messageId: string;
  senderIp: string;
  /** module.rule that decided; "" where the trace does not tell. */
  finalRule: string;
  sizeBytes: number | null;
  spamScore: number | null;
  /** Work done on it, in PPS's words. */
  status: string[];
  urls: string[];
  attachments: MailAttachment[];
}

/** What is known of a message that quarantine has a record of. */
export function tellMessage(record: Message, chosen: ChosenMessage): AboutMessage {
  const { guid, localGuid, folder, receivedAt, sender, recipients, subject, messageId, spamScore, sizeBytes } = record;
  const about = { guid, localGuid, folder, receivedAt, sender, recipients, subject, messageId, spamScore };
  const size = sizeBytes ?? chosen.raw.sizeBytes ?? null;
  return { ...about, ...moreOf(chosen), state: "held", sizeBytes: size, status: statusesOf(record) };
}

/** Where a message is that no folder holds as far as was searched. */
export function tellWhereabouts(chosen: ChosenMessage): { item: ResponseItem; about: AboutMessage } {
  const { guid } = chosen;
  const first = chosen.trace[0];
  const isRead = chosen.raw.state === "read";
  const state = first === undefined ? "held" : stateOf(first, isRead);
  const { receivedAt = null, sender = "", recipients = [], subject = "", messageId = "" } = first ?? {};
  const basics = { guid, state, receivedAt, sender, recipients, subject };
  const item: ResponseItem = {
    action: "release",
    outcome: "not_found",
    code: "not_found",
    message: isRead ? "It is held, but in none of the folders and the time searched." : describe(chosen, state),
    ...(isRead ? { hint: "Name the folder that holds it, or an earlier start." } : {}),
    ...basics,
  };
  return { item, about: { ...basics, messageId, ...moreOf(chosen), spamScore: null, sizeBytes: null, status: [] } };
}

function describe({ trace }: ChosenMessage, state: MessageState): string {
  const [first] = trace;
  const how = [first?.finalAction, first?.finalRule]
    .map((text) => cleanLine(readText(text)))
    .filter((text) => text !== "");
  const told = how.length === 0 ? "" : ` (${how.join(", ")})`;
  const at = first?.receivedAt ? ` of ${first.receivedAt}` : "";
  const recipients =
    first === undefined || first.recipients.length === 0 ? "its recipients" : fewNames(first.recipients);
  switch (state) {
    case "delivered":
      return `It is not held: by the trace${at} it was delivered to ${recipients}${told}.`;
    case "stopped":
      return `It is not held: by the trace${at} it was stopped, or is held no more${told}.`;
    default:
      return `It is not held as far as was searched; the trace${at} does not tell where it went${told}.`;
  }
}

function moreOf({ raw, trace }: ChosenMessage) {
  return {
    from: (raw.content?.from ?? []).map(({ address }) => address),
    senderIp: readText(trace[0]?.senderIp),
    finalRule: readText(trace[0]?.finalRule),
    urls: raw.content?.urls ?? [],
    attachments: raw.content?.attachments ?? [],
  };
}
