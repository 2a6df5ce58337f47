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
import type { SeedRecords } from "../../similarity/campaign.ts";
import { recogniseDomains } from "../../similarity/scoring/domain-facts.ts";
import type { Seed } from "../../similarity/seed.ts";
import { isTelling } from "../../similarity/traits/domain-knowledge.ts";
import { withoutBrackets } from "../../wire.ts";
import { confirmSender } from "./confirmation.ts";
import { readWitness } from "./contradiction.ts";
import { type SenderRecord, senderOf } from "./held-records.ts";
import { lookUp, messageIdOf, originOf, type RecordBook } from "./recorded-mail.ts";

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

/** The messages that a file means, and what the trace holds under their Message-IDs. */
export interface ReportedFile {
  messages: MailContents[];
  book: RecordBook;
  /** What was taken for what, and what was left out. */
  notes: string[];
}

/** What a file says, as far as PPS bears it out. */
export interface ConfirmedFile {
  indicators: Seed[];
  /** Envelope senders that PPS has recorded or a person has named, lower case. */
  confirmed: string[];
  records: SeedRecords;
  notes: string[];
}

/** Finds out which messages a file means, and looks them up. Throws PpsError `bad_input` for one that is no mail. */
export function* readFile(file: MailFile, given: ReportedPhish, context: RunContext): Steps<ReportedFile> {
  if (file.head.indexOf(officeFile) === 0) throw unreadableFormat();
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
  const { reported, leftOut, notes } = chooseReported(contents, ownDomains, (carrier) =>
    originOf(book(messageIdOf(carrier)), ownDomains),
  );
  if (/^From \S/.test(file.head)) notes.push(aMailbox);
  const messages = reported.filter(isMail);
  const [carrier] = leftOut;
  if (messages.length === 0 && carrier === undefined) throw noMail(notes);
  if (messages.length === 0 && carrier !== undefined && given.guid === undefined) {
    throw untold(notes, book(messageIdOf(carrier))?.records[0]?.guid ?? "");
  }
  return { messages, book, notes };
}

/** Holds each message of a file against the trace, and against what is `held` and not traced yet. */
export function* confirmFile(
  { messages, book, notes: told }: ReportedFile,
  given: ReportedPhish,
  context: RunContext,
  held: readonly SenderRecord[],
): Steps<ConfirmedFile> {
  const { ownDomains } = context;
  const file: ConfirmedFile = {
    indicators: [],
    confirmed: [],
    records: { messageIds: [], traced: [] },
    notes: told.slice(),
  };
  const { indicators, confirmed, records, notes } = file;
  const givenId = withoutBrackets(given.messageId ?? "");
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
  return file;
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
    const senders = records.map(senderOf);
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
