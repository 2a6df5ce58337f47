import { domainOf } from "../../address-domain.ts";
import { cleanLine, noteOf } from "../../answers.ts";
import { eachOnce } from "../../each-once.ts";
import { fewNames } from "../../few-names.ts";
import type { MailIndicators } from "../../indicators/mail-indicators.ts";
import type { Seed } from "../../similarity/seed.ts";
import { readSendingAddress } from "../../similarity/traits/sending-address.ts";
import { readText } from "../../wire.ts";
import { type FileWitness, findContradiction, isFromElsewhere } from "./contradiction.ts";
import { type SenderRecord, senderOf } from "./held-records.ts";
import { isOwnSender, type Recorded } from "./recorded-mail.ts";
import { areSubjectsSame } from "./same-subject.ts";

/** A message of a file, with what PPS bears out of it. */
export interface Confirmation {
  seed: Seed;
  /** Envelope senders that PPS has recorded for it, lower case. */
  confirmed: string[];
  /** What is not borne out, and why. */
  note?: string;
}

/** What a message of a file is held against. */
export interface Evidence {
  recorded: Recorded | undefined;
  /** What quarantine holds under its Message-ID, beyond what the trace has. */
  held: readonly SenderRecord[];
  witness: FileWitness;
  /** The sender whom a person has named for it, lower case; "" for none. */
  named: string;
  ownDomains: readonly string[];
  /** Whether a domain is one party's. */
  isOneParty: (domain: string) => boolean;
}

/**
 * Holds what a file says of its sender against what PPS has recorded under its Message-ID: one envelope sender is the sender,
 * whatever the file says, but where its headers show it to be another message. So are several of one party; whom own relays
 * put there when they forwarded it is none.
 */
export function confirmSender(indicators: MailIndicators, evidence: Evidence): Confirmation {
  const { recorded, witness, named } = evidence;
  const which = `"${cleanLine(indicators.subject)}"`;
  const claims: Seed = { ...indicators, isClaimed: true };
  const onlyClaimed = (why: string): Confirmation =>
    nameSender(claims, named, `Who sent ${which} is only what the file claims${why}`);
  if (recorded === undefined) return onlyClaimed(": it has no one Message-ID to look for in the trace.");
  const { isCut, error } = recorded;
  if (error !== undefined) return onlyClaimed(`, for the trace could not be read: ${noteOf(error)}`);
  const records: SenderRecord[] = evidence.held.concat(recorded.records);
  if (records.length === 0) {
    const advice = witness.isYoung ? " It may be too new for that; run it again in some minutes." : "";
    return onlyClaimed(`: the trace has no record under its Message-ID.${advice}`);
  }
  const meant = isCut ? [] : chooseRecords(indicators, records, evidence);
  const confirmed = sendersOf(meant);
  const [sender] = confirmed;
  if (sender === undefined) {
    const names = fewNames(sendersOf(records).map((one) => (one === "" ? "none" : cleanLine(one))));
    const note = `The Message-ID of ${which} is recorded under several senders, or too often to be told apart (${names}): none of them is taken for the one who sent it. Its guid, or its sender beside the file, decides.`;
    return nameSender({ ...claims, ...noSender }, named, note);
  }
  if (!meant.some(({ subject }) => areSubjectsSame(subject, indicators.subject))) {
    return onlyClaimed(": what PPS has recorded under its Message-ID has another subject.");
  }
  const contradiction = findContradiction(indicators, witness, meant);
  if (contradiction !== undefined) {
    const whose = sender === "" ? "a message without an envelope sender" : `one of ${cleanLine(sender)}`;
    return onlyClaimed(`: under its Message-ID PPS has recorded ${whose}, but ${contradiction}.`);
  }
  const own = confirmed.filter((one) => witness.senders.indexOf(one) >= 0)[0] ?? sender;
  const seed = { ...indicators, ...recordedSender(own, ofSender(own, meant)) };
  return { seed, confirmed: confirmed.filter((one) => one !== "") };
}

/** The records of the message itself, among those under its Message-ID; none where they cannot be told apart. */
function chooseRecords(
  { subject, sendingIp }: MailIndicators,
  records: readonly SenderRecord[],
  { witness, ownDomains, isOneParty }: Evidence,
): SenderRecord[] {
  const strangers = records.filter(({ sender }) => !isOwnSender(sender, ownDomains));
  const left = strangers.length > 0 ? strangers : records.slice();
  const senders = sendersOf(left);
  if (senders.length === 1) return left;
  const domains = eachOnce(senders.map(domainOf));
  if (domains.length === 1 && isOneParty(domains[0] ?? "")) return left;
  // What only the file says may be forged; that the last server wrote it, and from where it came, bears it out.
  const { deliveredFrom } = witness;
  const delivered = deliveredFrom === "" ? [] : ofSender(deliveredFrom, left);
  const isBorneOut =
    delivered.some((record) => areSubjectsSame(record.subject, subject)) &&
    witness.senders.every((sender) => sender === deliveredFrom) &&
    !isFromElsewhere(sendingIp, delivered);
  return isBorneOut ? delivered : [];
}

function ofSender(address: string, records: readonly SenderRecord[]): SenderRecord[] {
  return records.filter((record) => senderOf(record) === address);
}

function sendersOf(records: readonly SenderRecord[]): string[] {
  return eachOnce(records.map(senderOf));
}

const noSender = { envelopeSender: "", returnPath: "", sendingIp: "" };

/** What PPS's records say, in the place of what the message claims. */
export function recordedSender(
  sender: string,
  records: readonly SenderRecord[],
): Pick<Seed, "envelopeSender" | "returnPath" | "sendingIp" | "isBounce"> {
  const addresses = records.map(({ senderIp }) => readSendingAddress(readText(senderIp)));
  const [sendingIp = ""] = addresses.filter((address) => address !== "");
  return { envelopeSender: sender, returnPath: "", sendingIp, ...(sender === "" ? { isBounce: true } : {}) };
}

/** Who was named for a message sent it, where the message says nothing else. */
function nameSender(claims: Seed, named: string, note: string): Confirmation {
  const claimed = claims.envelopeSender || claims.returnPath;
  if (named === "" || (claimed !== "" && claimed !== named)) return { seed: claims, confirmed: [], note };
  const { isClaimed: _, ...indicators } = claims;
  return { seed: { ...indicators, ...noSender, envelopeSender: named }, confirmed: [named] };
}
