import type { Output, SideTable } from "../../core/command.ts";
import type { IntelKind } from "../intel/intel.ts";
import type { MessageState } from "../trace/message-state.ts";

/** One message that an indicator names, whatever became of it. Subject and addresses are the sender's own text: hostile. */
export interface HuntHit {
  /** "" where PPS gave none. */
  guid: string;
  /** ISO 8601 in UTC; null when PPS's date cannot be read. */
  receivedAt: string | null;
  state: MessageState;
  /** Envelope sender; "" for a bounce. */
  sender: string;
  recipients: string[];
  subject: string;
  /** Without angle brackets. */
  messageId: string;
  /** Address of the sending host; "" where it is not known. */
  senderIp: string;
  /** Quarantine folders that hold it now. */
  folders: string[];
  /** Rule that decided, as module.rule; "" where the trace was not read. */
  finalRule: string;
  /** The indicators that name it. */
  indicators: string[];
}

/** What each value means; the same list as `HuntHit`. */
export const huntOutputs: readonly Output[] = [
  { name: "guid", type: "string", description: "Global id of the message." },
  { name: "receivedAt", type: "time", description: "When the message arrived, in UTC." },
  { name: "state", type: "string", description: "Where the message is: held, delivered, stopped or unclear." },
  { name: "sender", type: "string", description: "Envelope sender; empty for a bounce." },
  { name: "recipients", type: "list", description: "Envelope recipients." },
  { name: "subject", type: "string", description: "Subject; written by the sender." },
  { name: "messageId", type: "string", description: "Header Message-ID without angle brackets." },
  { name: "senderIp", type: "string", description: "Address of the sending host." },
  { name: "folders", type: "list", description: "Quarantine folders that hold the message now." },
  { name: "finalRule", type: "string", description: "Rule that decided, as module.rule." },
  { name: "indicators", type: "list", description: "The indicators that name the message." },
];

const count: Output = { name: "messages", type: "number", description: "How many messages." };
const delivered: Output = { name: "delivered", type: "number", description: "How many of them were delivered." };

/** What each value means; the same list as `HuntedIndicator`. */
export const indicatorOutputs: readonly Output[] = [
  { name: "indicator", type: "string", description: "The indicator, no longer defanged." },
  {
    name: "kind",
    type: "string",
    description: "sender, replyTo, recipient, domain, ip, url, subject, attachment, hash, messageId, host or virus.",
  },
  { name: "messages", type: "number", description: "How many messages it names." },
  { name: "recipients", type: "number", description: "How many different recipients they have." },
  { name: "first", type: "time", description: "When the first of them arrived, in UTC." },
  { name: "last", type: "time", description: "When the last of them arrived, in UTC." },
  {
    name: "state",
    type: "string",
    description: "searched, not_searchable, or failed (a search broke off: few or no messages then mean nothing).",
  },
  { name: "reason", type: "string", description: "Why it was not searched for, or not everywhere." },
];

/** What stands beside the messages. */
export const huntTables: readonly SideTable[] = [
  {
    name: "indicators",
    title: "By indicator",
    outputs: indicatorOutputs,
    columns: ["indicator", "kind", "messages", "recipients", "first", "last", "state"],
  },
  {
    name: "recipients",
    title: "By recipient",
    outputs: [{ name: "recipient", type: "string", description: "Envelope recipient." }, count, delivered],
  },
  {
    name: "senders",
    title: "By sender",
    outputs: [{ name: "sender", type: "string", description: "Envelope sender; empty for bounces." }, count, delivered],
  },
  {
    name: "timeline",
    title: "Over time",
    outputs: [
      { name: "from", type: "time", description: "Begin of the stretch of time, in UTC." },
      { name: "minutes", type: "number", description: "How long it is." },
      { name: "held", type: "number", description: "Messages held in quarantine now." },
      { name: "delivered", type: "number", description: "Messages that were delivered." },
      { name: "stopped", type: "number", description: "Messages that were stopped, or are held no more." },
      { name: "unclear", type: "number", description: "Messages of which the trace does not tell." },
    ],
  },
];

/** What the hunt found of one indicator. */
export interface HuntedIndicator {
  indicator: string;
  kind: IntelKind;
  messages: number;
  /** How many different ones. */
  recipients: number;
  /** Arrival of the first and the last of its messages; null without any. */
  first: string | null;
  last: string | null;
  /** `failed`: a search for it broke off, so that few or no messages mean nothing. */
  state: "searched" | "not_searchable" | "failed";
  /** Why it was not searched for, or not everywhere. */
  reason?: string;
}

/** A stretch of time with its messages by state. */
export interface HuntBucket {
  /** ISO 8601 in UTC. */
  from: string;
  /** How long it is. */
  minutes: number;
  held: number;
  delivered: number;
  stopped: number;
  unclear: number;
}

/** Somebody the messages came to or from. */
export interface HuntCount {
  messages: number;
  /** How many of them were delivered. */
  delivered: number;
}

/** What stands beside the messages. */
export interface HuntResult {
  indicators: HuntedIndicator[];
  /** From the first message to the last, without gaps; empty without messages. */
  timeline: HuntBucket[];
  /** Those with the most messages first, 1000 at most. */
  recipients: ({ recipient: string } & HuntCount)[];
  senders: ({ sender: string } & HuntCount)[];
  requests: number;
  /** True when messages are known to be missing; `notes` say why. */
  truncated: boolean;
  /** True when a search broke off. */
  failed: boolean;
  notes: string[];
  /** ISO 8601 in UTC; `until` is null when the search had no end. */
  since: string;
  until: string | null;
}
