import type { Output } from "../../core/command.ts";
import { readIpAddress } from "../../core/ip-address.ts";
import type { Json } from "../../core/steps.ts";
import { formatTime } from "../../core/time.ts";
import {
  isRecord,
  readNumber,
  readQuarantineTime,
  readText,
  readTexts,
  type WireRecord,
  withoutBrackets,
} from "../wire.ts";

/** One message held in one quarantine folder. Subject and addresses are the sender's own text: hostile. */
export interface Message {
  /** Names the message across folders; reads it (pps-api.md 3). Case matters. */
  guid: string;
  /** Names it in its folder; acts on it. Opaque, and may change when the message is moved (pps-api.md 2.4). */
  localGuid: string;
  folder: string;
  /** ISO 8601 in UTC; null when PPS sent none that can be read. */
  receivedAt: string | null;
  /** Envelope sender; "" for a bounce. */
  sender: string;
  /** Envelope recipients. */
  recipients: string[];
  subject: string;
  /** Header Message-ID without angle brackets. */
  messageId: string;
  spamScore: number | null;
  sizeBytes: number | null;
  /** The sending host, `name [address]`. */
  hostIp: string;
  processingServer: string;
  /** Work done on the message, on request; PPS's own keys. */
  messageStatus?: Json;
  /** What the DLP rules matched, on request; runs of digits are masked to their last four. */
  dlpViolation?: Json;
  /** Fields PPS sent that are not known here. */
  other?: WireRecord;
  /** PPS's own record, unchanged and unmasked, where the surface asked for it. */
  record?: WireRecord;
}

/** What each value of a message means; the same list as `Message`. */
export const messageOutputs: readonly Output[] = [
  { name: "guid", type: "string", description: "Global id of the message; reads it, also by download." },
  { name: "localGuid", type: "string", description: "Id of the message in its folder; actions take it." },
  { name: "folder", type: "string", description: "Quarantine folder that holds the message." },
  { name: "receivedAt", type: "time", description: "When the message arrived, in UTC." },
  { name: "sender", type: "string", description: "Envelope sender; empty for a bounce." },
  { name: "recipients", type: "list", description: "Envelope recipients." },
  { name: "subject", type: "string", description: "Subject, decoded; written by the sender." },
  { name: "messageId", type: "string", description: "Header Message-ID without angle brackets." },
  { name: "spamScore", type: "number", description: "Spam score from 0 to 100." },
  { name: "sizeBytes", type: "number", description: "Size of the raw message in bytes." },
  { name: "hostIp", type: "string", description: "Sending host, name and address." },
  { name: "processingServer", type: "string", description: "PPS server that handled the message." },
  { name: "messageStatus", type: "object", description: "Work done on the message, when asked for." },
  { name: "dlpViolation", type: "object", description: "What DLP rules matched, when asked for; digits masked." },
  { name: "other", type: "object", description: "Fields of PPS's record that are not known here, unchanged." },
];

const known = [
  "guid",
  "localguid",
  "folder",
  "date",
  "subject",
  "messageid",
  "from",
  "rcpts",
  "size",
  "spamscore",
].concat(["host_ip", "processingserver", "messagestatus", "dlpviolation"]);

/** Reads one record of a quarantine search. `folder` stands in when the record names none. */
export function readMessage(record: WireRecord, folder: string, keepsRecord = false): Message {
  const received = readQuarantineTime(record.date);
  const guid = readText(record.guid);
  const message: Message = {
    guid,
    localGuid: readText(record.localguid) || guid,
    folder: readText(record.folder) || folder,
    receivedAt: received === null ? null : formatTime(received),
    sender: readText(record.from),
    recipients: readTexts(record.rcpts),
    subject: readText(record.subject),
    messageId: withoutBrackets(readText(record.messageid)),
    spamScore: readNumber(record.spamscore),
    sizeBytes: readNumber(record.size),
    hostIp: readText(record.host_ip),
    processingServer: readText(record.processingserver),
  };
  if (record.messagestatus !== undefined) message.messageStatus = record.messagestatus;
  if (record.dlpviolation !== undefined) message.dlpViolation = maskDigits(record.dlpviolation);
  const other: WireRecord = {};
  Object.keys(record).forEach((key) => {
    const value = record[key];
    if (known.indexOf(key) < 0 && value !== undefined) other[key] = value;
  });
  if (Object.keys(other).length > 0) message.other = other;
  if (keepsRecord) message.record = record;
  return message;
}

/** The address in a `hostIp`, canonical: of `name [192.0.2.7]`, `[IPv6:2001:db8::1]`, or one alone; "" where there is none. */
export function addressIn(hostIp: string): string {
  // PPS's own stands last: what is before it the sending host may have named.
  const inside = /^[\s\S]*\[(?:ipv6:)?([0-9a-f.:]+)\]/i.exec(hostIp);
  return readIpAddress((inside?.[1] ?? hostIp).trim())?.address ?? "";
}

/** Deeper than any real record; what lies below is left out. */
const deepest = 100;

/** Card and identity numbers never leave whole: of seven digits or more, the last four stay (pps-api.md 2.4). */
function maskDigits(value: Json, depth = 0): Json {
  if (typeof value === "string") return maskText(value);
  if (typeof value === "number") return Math.abs(value) > 999_999 ? maskText(String(value)) : value;
  if (depth === deepest) return null;
  if (Array.isArray(value)) return value.map((inner) => maskDigits(inner, depth + 1));
  if (!isRecord(value)) return value;
  const masked: WireRecord = {};
  Object.keys(value).forEach((key) => {
    const inner = value[key];
    if (inner !== undefined) masked[maskText(key)] = maskDigits(inner, depth + 1);
  });
  return masked;
}

function maskText(text: string): string {
  return text.replace(/\d(?:[ .-]?\d){6,}/g, (digits) => `***${digits.replace(/\D/g, "").slice(-4)}`);
}
