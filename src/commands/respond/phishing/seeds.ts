import type { RunContext } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import type { MailContents, MailFile } from "../../../core/mail-file.ts";
import type { DomainFacts } from "../../../core/name-facts.ts";
import { inspect, type Steps } from "../../../core/steps.ts";
import { domainOf } from "../../address-domain.ts";
import { cleanLine } from "../../answers.ts";
import { eachOnce } from "../../each-once.ts";
import { readIndicators } from "../../indicators/mail-indicators.ts";
import { type CarrierOrigin, chooseReported } from "../../indicators/reported.ts";
import { findMessage } from "../../message/known-message.ts";
import type { Message } from "../../quarantine/message.ts";
import type { CampaignMessage, SeedRecords } from "../../similarity/campaign.ts";
import { recogniseDomains } from "../../similarity/scoring/domain-facts.ts";
import type { Seed } from "../../similarity/seed.ts";
import { isTelling } from "../../similarity/traits/domain-knowledge.ts";
import { readSendingAddress } from "../../similarity/traits/sending-address.ts";
import { withoutBrackets } from "../../wire.ts";
import { confirmSender, recordedSender } from "./confirmation.ts";
import { readWitness } from "./contradiction.ts";
import type { SenderRecord } from "./held-records.ts";
import { lookUp, messageIdOf, originOf, type RecordBook } from "./recorded-mail.ts";
import { toReported } from "./reported-message.ts";

/** By what a phish is known to whoever asks. */
export interface ReportedPhish {
  message?: MailFile | undefined;
  guid?: string | undefined;
  sender?: string | undefined;
  subject?: string | undefined;
  messageId?: string | undefined;
  since: number;
  folder?: readonly string[] | undefined;
}

/** What its like are looked for by; `notes` say what could not be learnt. */
export interface Seeds {
  indicators: Seed[];
  /** Envelope senders that PPS has recorded or a person has named, lower case: more than a file can claim. */
  confirmed: string[];
  /** What the trace holds of the messages that a file carries. */
  records: SeedRecords;
  /** The message that a guid names, where trace or quarantine knows it. */
  reported?: CampaignMessage | undefined;
  notes: string[];
}

/**
 * Learns from what was reported what to look for. What a file says of its sender is held against the trace, and against what
 * is `held` and not traced yet. Throws PpsError `bad_input` for a file that is no mail, `not_found` for a guid of which
 * nothing is known.
 */
export function* readSeeds(
  given: ReportedPhish,
  context: RunContext,
  held: readonly SenderRecord[] = [],
): Steps<Seeds> {
  const notes: string[] = [];
  const indicators: Seed[] = [];
  const records: SeedRecords = { messageIds: [], traced: [] };
  const confirmed: string[] = given.sender === undefined ? [] : [given.sender.toLowerCase()];
  if (given.message !== undefined) {
    if (given.message.head.indexOf(officeFile) === 0) throw unreadableFormat();
    yield* readFile(given.message, given, context, { indicators, confirmed, records, notes, held });
  }
  let reported: CampaignMessage | undefined;
  if (given.guid !== undefined) {
    const { sender, ...known } = yield* readKnown(given.guid, given, context, notes);
    indicators.push(known.indicators);
    reported = known.reported;
    if (sender !== "") confirmed.push(sender);
  }
  return { indicators: addGiven(indicators, given), confirmed, records, reported, notes };
}

/** Adds the messages that a file means, each with the sender whom the trace has for it. */
function* readFile(
  file: MailFile,
  given: ReportedPhish,
  context: RunContext,
  { indicators, confirmed, records, notes, held }: Omit<Seeds, "reported"> & { held: readonly SenderRecord[] },
): Steps<void> {
  const { ownDomains } = context;
  const contents = yield* inspect(file);
  // Everything that may be asked about is looked up at once.
  const carriers: MailContents[] = [];
  const asIfInside = (carrier: MailContents): CarrierOrigin => {
    carriers.push(carrier);
    return "inside";
  };
  const mayBeMeant = chooseReported(contents, ownDomains, asIfInside).reported.filter(isMail);
  const givenId = withoutBrackets(given.messageId ?? "");
  const ids = carriers.concat(mayBeMeant).map((message) => messageIdOf(message) || givenId);
  const book = yield* lookUp(ids, given.since, context);
  const {
    reported,
    leftOut,
    notes: told,
  } = chooseReported(contents, ownDomains, (carrier) => originOf(book(messageIdOf(carrier)), ownDomains));
  if (/^From \S/.test(file.head)) told.push(aMailbox);
  const messages = reported.filter(isMail);
  const [carrier] = leftOut;
  if (messages.length === 0 && carrier === undefined) throw noMail(told);
  if (messages.length === 0 && carrier !== undefined && given.guid === undefined) {
    throw untold(told, book(messageIdOf(carrier))?.records[0]?.guid ?? "");
  }
  told.forEach((note) => {
    notes.push(note);
  });
  const facts = yield* learnDomains(messages, book, held);
  messages.forEach((message, index) => {
    const read = readIndicators(message, ownDomains);
    const isFirst = index === 0;
    const messageId = messageIdOf(message) || (isFirst ? givenId : "");
    const recorded = book(messageId);
    const named = isFirst ? (given.sender ?? "").toLowerCase() : "";
    const { seed, note, ...known } = confirmSender(
      { ...read, messageId },
      {
        held: held.filter((record) => record.messageId === messageId),
        ...{ recorded, named, ownDomains, witness: readWitness(message, context) },
        isOneParty: (domain) => isTelling(domain, { ownDomains, facts }),
      },
    );
    indicators.push(seed);
    known.confirmed.forEach((sender) => {
      confirmed.push(sender);
    });
    if (note !== undefined) notes.push(note);
    if (recorded === undefined || recorded.error !== undefined) return;
    records.messageIds.push(messageId);
    recorded.records.forEach((record) => {
      records.traced.push(record);
    });
  });
}

/** Of the domains from which one message came under several senders. */
function* learnDomains(
  messages: readonly MailContents[],
  book: RecordBook,
  held: readonly SenderRecord[],
): Steps<Record<string, DomainFacts>> {
  const facts: Record<string, DomainFacts> = {};
  let names: string[] = [];
  messages.forEach((message) => {
    const records: SenderRecord[] = held.concat(book(messageIdOf(message))?.records ?? []);
    const senders = records.map(({ sender }) => sender.trim().toLowerCase());
    if (eachOnce(senders).length > 1) names = names.concat(senders.map(domainOf));
  });
  yield* recogniseDomains(names, facts);
  return facts;
}

/** How Outlook's own files begin, and others of Microsoft's (compound file binary format). */
const officeFile = "\xd0\xcf\x11\xe0";

const aMailbox = "It is a mailbox file, of which the first message alone is looked at.";

function unreadableFormat(): PpsError {
  return new PpsError("bad_input", "What was given is in Outlook's own format (.msg), which cannot be read.", {
    field: "message",
    hint: "Have the message saved or forwarded as an attachment in the format .eml.",
  });
}

/** A parser finds something in any bytes; a message at least says who wrote it, or what about. */
function isMail({ from, subject, messageId, headers }: MailContents): boolean {
  return from.length > 0 || subject !== "" || messageId !== "" || headers.some(({ name }) => /^received$/i.test(name));
}

/** Between a carrier and what it carries nobody but whoever reported it can choose. */
function untold(told: readonly string[], guid: string): PpsError {
  const naming = guid === "" ? "by its guid" : `by its guid, ${cleanLine(guid)}`;
  return new PpsError("bad_input", told.join(" "), {
    field: "message",
    hint: `Where the message that is carried is meant, hand in that one by itself as .eml; where the one that carries it is meant, name that ${naming}.`,
  });
}

function noMail(told: readonly string[]): PpsError {
  const message =
    told.length > 0
      ? `The report carries no message that can be read. ${told.join(" ")}`
      : "No message can be read from what was given: it has none of the headers that every mail has.";
  return new PpsError("bad_input", message, {
    field: "message",
    hint: "Give the raw message (.eml), or the mail that carries it as an attachment.",
  });
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
