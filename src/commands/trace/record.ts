import type { Output } from "../../core/command.ts";
import type { Json } from "../../core/steps.ts";
import { formatTime } from "../../core/time.ts";
import { readNumber, readText, readTexts, readTraceTime, type WireRecord, withoutBrackets } from "../wire.ts";

/** What the gateway did with one message, from Smart Search. Every text may be the sender's own: hostile. */
export interface TraceRecord {
  guid: string;
  /** ISO 8601 in UTC; null when PPS's date cannot be read. */
  receivedAt: string | null;
  sender: string;
  recipients: string[];
  subject: string;
  /** Without angle brackets. */
  messageId: string;
  /** Every other field under its name in `traceFields`, and fields not known here under PPS's own. */
  [name: string]: Json;
}

type Reader = (value: Json | undefined) => Json;

interface TraceField extends Output {
  /** PPS's key (pps-api.md 5). */
  wire: string;
  read: Reader;
}

function splitTexts(value: Json | undefined): string[] {
  return splitAt(/[,;\s]+/, value);
}

/** Names may hold blanks: only commas divide them. */
function splitNames(value: Json | undefined): string[] {
  return splitAt(/,/, value);
}

function splitAt(separator: RegExp, value: Json | undefined): string[] {
  const pieces: string[] = [];
  readTexts(value).forEach((text) => {
    text.split(separator).forEach((piece) => {
      if (piece.trim() !== "") pieces.push(piece.trim());
    });
  });
  return pieces;
}

function readReceived(value: Json | undefined): string | null {
  const time = readTraceTime(value);
  return time === null ? null : formatTime(time);
}

function readMessageId(value: Json | undefined): string {
  return withoutBrackets(readText(value));
}

const rows: [wire: string, name: string, type: Output["type"], read: Reader, description: string][] = [
  ["GUID", "guid", "string", readText, "Global id of the message; the same as in quarantine."],
  ["Date", "receivedAt", "time", readReceived, "When the message arrived, in UTC."],
  ["Sender", "sender", "string", readText, "Envelope sender."],
  ["Recipients", "recipients", "list", splitTexts, "Envelope recipients."],
  ["Subject", "subject", "string", readText, "Subject; written by the sender."],
  ["Final_Action", "finalAction", "string", readText, "Final disposition, such as accept or discard."],
  ["Final_Rule", "finalRule", "string", readText, "Rule that decided, as module.rule."],
  ["Quarantine_Folder", "quarantineFolder", "string", readText, "Folder the message was put into."],
  ["current_folder", "currentFolder", "string", readText, "Folder the message is in now."],
  ["Sender_Host", "senderHost", "string", readText, "Name of the sending host."],
  ["Sender_IP_Address", "senderIp", "string", readText, "Address of the sending host."],
  ["Spam_Score", "spamScore", "number", readNumber, "Spam score from 0 to 100."],
  ["Virus_Names", "virusNames", "list", splitNames, "Viruses found."],
  ["Attachment_Names", "attachmentNames", "list", splitNames, "Names of the attachments."],
  ["Message_Size", "sizeBytes", "number", readNumber, "Size of the message in bytes."],
  ["Message_ID", "messageId", "string", readMessageId, "Header Message-ID without angle brackets."],
  ["QID", "queueId", "string", readText, "Queue id."],
  ["SID", "sid", "string", readText, "Session id."],
  ["FID", "fid", "string", readText, "Message file id."],
  ["Module_ID", "moduleId", "string", readText, "Module that decided."],
  ["Rule_ID", "ruleId", "string", readText, "Rule that decided."],
  ["module_rules", "moduleRules", "list", readTexts, "Every rule that applied, as module.rule."],
  ["Policy_Routes", "policyRoutes", "list", splitNames, "Policy routes the message took."],
  ["Quarantine_Rule", "quarantineRule", "string", readText, "Rule that put the message into quarantine."],
  ["Disposition_Action", "dispositionAction", "string", readText, "Disposition of the quarantined copy."],
  ["Disposition_SmtpProfile", "dispositionSmtpProfile", "string", readText, "SMTP profile of the disposition."],
  ["Duration", "durationSeconds", "number", readNumber, "Time the filters took, in seconds."],
  ["Suborg", "suborg", "string", readText, "Sub-organisation."],
  ["country", "country", "string", readText, "Country of the sending host; ** when unknown."],
  ["TLS", "tls", "string", readText, "TLS version and cipher of the incoming connection."],
  ["FQIN", "fqin", "string", readText, "Instance that handled the message."],
  ["Agent", "agent", "string", readText, "Host that handled the message."],
  ["PE_Recipients", "encryptedRecipients", "list", splitTexts, "Recipients the message was encrypted for."],
  ["Message_Encrypted", "messageEncrypted", "string", readText, "Whether the message was encrypted."],
  ["Message_Split", "messageSplit", "string", readText, "Whether the message was split."],
  ["SMIME_Recipients", "smimeRecipients", "list", splitTexts, "S/MIME recipients."],
  ["SMIME_Recipients_Signed", "smimeRecipientsSigned", "list", splitTexts, "S/MIME recipients, signed."],
  ["Sendmail_Action", "sendmailAction", "string", readText, "Action of the mail transfer agent."],
  ["Sendmail_Errorcode", "sendmailErrorCode", "string", readText, "Error code of the mail transfer agent."],
  ["Sendmail_Stat", "sendmailStat", "string", readText, "Delivery status of the mail transfer agent."],
  ["Sendmail_To", "sendmailTo", "string", readText, "Recipients of the mail transfer agent."],
  ["Sendmail_To_Stat", "sendmailToStat", "string", readText, "Delivery status by recipient."],
  ["Raw_Log", "rawLog", "string", readText, "Filter log lines."],
  ["SendmailRaw_Log", "sendmailRawLog", "string", readText, "Mail transfer agent log lines."],
];

/** The 44 Smart Search keys and ours. */
export const traceFields: readonly TraceField[] = rows.map(([wire, name, type, read, description]) => ({
  wire,
  name,
  type,
  read,
  description,
}));

/** What each value of a trace record means. */
export const traceOutputs: readonly Output[] = traceFields
  .map(({ name, type, description }): Output => ({ name, type, description }))
  .concat([
    { name: "ppsDate", type: "string", description: "The date as PPS wrote it, in the cluster's own zone." },
    { name: "other", type: "object", description: "Fields of PPS's record that are not known here, unchanged." },
  ]);

/** Reads one record of a Smart Search answer, whatever of its fields are there; PPS's own stands under `record` if kept. */
export function readTraceRecord(record: WireRecord, keepsRecord = false): TraceRecord {
  const typed: { [name: string]: Json } = {};
  traceFields.forEach((field) => {
    typed[field.name] = field.read(record[field.wire]);
  });
  typed.ppsDate = readText(record.Date);
  const other: WireRecord = {};
  Object.keys(record).forEach((key) => {
    const value = record[key];
    if (value !== undefined && !traceFields.some((field) => field.wire === key)) other[key] = value;
  });
  if (Object.keys(other).length > 0) typed.other = other;
  if (keepsRecord) typed.record = record;
  return typed as TraceRecord;
}
