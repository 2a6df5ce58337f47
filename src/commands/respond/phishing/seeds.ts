import type { RunContext } from "../../../core/command.ts";
import type { Steps } from "../../../core/steps.ts";
import { readIndicators } from "../../indicators/mail-indicators.ts";
import { findMessage } from "../../message/known-message.ts";
import type { Message } from "../../quarantine/message.ts";
import type { CampaignMessage } from "../../similarity/campaign.ts";
import type { Seed } from "../../similarity/seed.ts";
import { readSendingAddress } from "../../similarity/traits/sending-address.ts";
import { withoutBrackets } from "../../wire.ts";
import { recordedSender } from "./confirmation.ts";
import type { SenderRecord } from "./held-records.ts";
import { type ConfirmedFile, confirmFile, type ReportedPhish, readFile } from "./reported-file.ts";
import { toReported } from "./reported-message.ts";

/** What its like are looked for by; `notes` say what could not be learnt. */
export interface Seeds extends ConfirmedFile {
  /** The message that a guid names, where trace or quarantine knows it. */
  reported?: CampaignMessage | undefined;
  /** The same, with the file held against what quarantine has and the trace has not yet as well; nothing is asked again. */
  holdAgainst: (held: readonly SenderRecord[]) => Steps<Seeds>;
}

const noFile: ConfirmedFile = { indicators: [], confirmed: [], records: { messageIds: [], traced: [] }, notes: [] };

/**
 * Learns from what was reported what to look for. What a file says of its sender is held against the trace. Throws PpsError
 * `bad_input` for a file that is no mail, `not_found` for a guid of which nothing is known.
 */
export function* readSeeds(given: ReportedPhish, context: RunContext): Steps<Seeds> {
  const file = given.message === undefined ? undefined : yield* readFile(given.message, given, context);
  const confirmed = file === undefined ? noFile : yield* confirmFile(file, given, context, []);
  const notes = confirmed.notes.slice();
  const known = given.guid === undefined ? undefined : yield* readKnown(given.guid, given, context, notes);
  const learnt = notes.slice(confirmed.notes.length);
  const senders = [given.sender?.toLowerCase() ?? ""];
  const join = (from: ConfirmedFile): Seeds => ({
    indicators: addGiven(from.indicators.concat(known?.indicators ?? []), given),
    confirmed: senders.concat(from.confirmed, known?.sender ?? "").filter((sender) => sender !== ""),
    records: from.records,
    reported: known?.reported,
    notes: from.notes.concat(learnt),
    *holdAgainst(held) {
      return join(file === undefined ? noFile : yield* confirmFile(file, given, context, held));
    },
  });
  return join(confirmed);
}

/** What is held says itself what it is, but not who sent it: that only the trace knows. */
function* readKnown(
  guid: string,
  { since, folder: folders }: ReportedPhish,
  context: RunContext,
  notes: string[],
): Steps<{ indicators: Seed; sender: string; reported: CampaignMessage | undefined }> {
  const known = yield* findMessage({ guid, since, folders, query: { status: true } }, context, notes);
  const { raw, trace, quarantine } = known;
  const [held] = quarantine;
  const record: Pick<Message, "sender" | "subject" | "messageId" | "receivedAt"> | undefined = trace[0] ?? held;
  const read = raw.content === undefined ? nothingKnown : readIndicators(raw.content, context.ownDomains);
  // What is fetched raw while no record of it can be read is a file like any other.
  if (record === undefined) return { indicators: { ...read, isClaimed: true }, sender: "", reported: undefined };
  const sender = record.sender.toLowerCase();
  const recorded = recordedSender(sender, trace);
  const indicators: Seed = {
    ...read,
    ...recorded,
    sendingIp: recorded.sendingIp || readSendingAddress(held?.hostIp ?? ""),
    subject: read.subject || record.subject,
    messageId: read.messageId || record.messageId,
    date: read.date || (record.receivedAt ?? ""),
  };
  return { indicators, sender, reported: toReported(known) };
}

/** What was said beside the message fills what it leaves open; what it says otherwise is looked for as well. */
function addGiven(indicators: readonly Seed[], given: ReportedPhish): Seed[] {
  const sender = (given.sender ?? "").toLowerCase();
  const { subject = "" } = given;
  const messageId = withoutBrackets(given.messageId ?? "");
  if (sender === "" && subject === "" && messageId === "") return indicators.slice();
  const fill = (read: Seed): Seed => ({
    ...read,
    envelopeSender: read.envelopeSender || (read.isBounce ? "" : sender),
    subject: read.subject || subject,
    messageId: read.messageId || messageId,
  });
  const [first, ...others] = indicators;
  if (first === undefined) return [fill(nothingKnown)];
  const filled = fill(first);
  const saysAll =
    (sender === "" || filled.envelopeSender === sender) &&
    (subject === "" || filled.subject === subject) &&
    (messageId === "" || filled.messageId === messageId);
  return [filled].concat(others, saysAll ? [] : [fill(nothingKnown)]);
}

const nothingKnown: Seed = {
  envelopeSender: "",
  headerSenders: [],
  displayNames: [],
  replyTo: [],
  returnPath: "",
  subject: "",
  messageId: "",
  sendingIp: "",
  urls: [],
  hosts: [],
  attachments: [],
  date: "",
};
