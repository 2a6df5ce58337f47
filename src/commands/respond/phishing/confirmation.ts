import { cleanLine, noteOf } from "../../answers.ts";
import { eachOnce } from "../../each-once.ts";
import { fewNames } from "../../few-names.ts";
import type { MailIndicators } from "../../indicators/mail-indicators.ts";
import type { Seed } from "../../similarity/seed.ts";
import { readSendingAddress } from "../../similarity/traits/sending-address.ts";
import type { TraceRecord } from "../../trace/record.ts";
import { readText } from "../../wire.ts";
import { type FileWitness, findContradiction } from "./contradiction.ts";
import type { Recorded } from "./recorded-mail.ts";
import { areSubjectsSame } from "./same-subject.ts";

/** A message of a file, with what PPS bears out of it. */
export interface Confirmation {
  seed: Seed;
  /** What is not borne out, and why. */
  note?: string;
}

/**
 * Holds what a file says of its sender against what the trace holds under its Message-ID: one envelope sender is the sender,
 * whatever the file says, but where its headers show it to be another message. `named` is the sender whom a person has named
 * for it, lower case; "" for none.
 */
export function confirmSender(
  indicators: MailIndicators,
  recorded: Recorded | undefined,
  named: string,
  witness: FileWitness,
): Confirmation {
  const which = `"${cleanLine(indicators.subject)}"`;
  const claims: Seed = { ...indicators, isClaimed: true };
  const onlyClaimed = (why: string): Confirmation =>
    nameSender(claims, named, `Who sent ${which} is only what the file claims${why}`);
  if (recorded === undefined) return onlyClaimed(": it has no one Message-ID to look for in the trace.");
  const { records, isCut, error } = recorded;
  if (error !== undefined) return onlyClaimed(`, for the trace could not be read: ${noteOf(error)}`);
  if (records.length === 0) return onlyClaimed(": the trace holds no message under its Message-ID.");
  const senders = eachOnce(records.map(({ sender }) => sender.trim().toLowerCase()));
  const [sender = ""] = senders;
  if (senders.length > 1 || isCut) {
    const names = fewNames(senders.map((one) => (one === "" ? "none" : cleanLine(one))));
    const note = `The Message-ID of ${which} is recorded under several senders, or too often to be told apart (${names}): none of them is taken for the one who sent it.`;
    return nameSender({ ...claims, ...noSender }, named, note);
  }
  if (!records.some(({ subject }) => areSubjectsSame(subject, indicators.subject))) {
    return onlyClaimed(": what the trace holds under its Message-ID has another subject.");
  }
  const contradiction = findContradiction(indicators, witness, records);
  if (contradiction !== undefined) {
    const whose = sender === "" ? "a message without an envelope sender" : `one of ${cleanLine(sender)}`;
    return onlyClaimed(`: under its Message-ID the trace holds ${whose}, but ${contradiction}.`);
  }
  return { seed: { ...indicators, ...recordedSender(sender, records) } };
}

const noSender = { envelopeSender: "", returnPath: "", sendingIp: "" };

/** What PPS's records say, in the place of what the message claims. */
export function recordedSender(
  sender: string,
  records: readonly TraceRecord[],
): Pick<Seed, "envelopeSender" | "returnPath" | "sendingIp" | "isBounce"> {
  const addresses = records.map(({ senderIp }) => readSendingAddress(readText(senderIp)));
  const [sendingIp = ""] = addresses.filter((address) => address !== "");
  return { envelopeSender: sender, returnPath: "", sendingIp, ...(sender === "" ? { isBounce: true } : {}) };
}

/** Who was named for a message sent it, where the message says nothing else. */
function nameSender(claims: Seed, named: string, note: string): Confirmation {
  const claimed = claims.envelopeSender || claims.returnPath;
  if (named === "" || (claimed !== "" && claimed !== named)) return { seed: claims, note };
  const { isClaimed: _, ...indicators } = claims;
  return { seed: { ...indicators, ...noSender, envelopeSender: named } };
}
