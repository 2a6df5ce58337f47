import type { RunContext } from "../../../core/command.ts";
import { largest } from "../../../core/extremes.ts";
import type { MailContents } from "../../../core/mail-file.ts";
import { domainOf } from "../../address-domain.ts";
import { cleanLine } from "../../answers.ts";
import { clockSlack } from "../../clock-slack.ts";
import { headerValues } from "../../indicators/header-values.ts";
import { bareAddress, type MailIndicators, writtenSenders } from "../../indicators/mail-indicators.ts";
import { readReceivedTime } from "../../indicators/received-time.ts";
import { networkOf, readSendingAddress } from "../../similarity/traits/sending-address.ts";
import { isWithin } from "../../similarity/traits/shared-sites.ts";
import { readText } from "../../wire.ts";
import { type SenderRecord, senderOf } from "./held-records.ts";
import { isOwnSender } from "./recorded-mail.ts";

/** What a file says that may tell it from another message of the same Message-ID. It confirms nothing. */
export interface FileWitness {
  /** Envelope senders by its headers, lower case, but for those of own domains, which own relays write when they forward. */
  senders: string[];
  /** When the last server says it took it; null where none does. */
  receivedAt: number | null;
  /** It came so lately, by its own headers, that the trace need not have it yet. */
  isYoung: boolean;
  /** The Return-Path above all that relays wrote, which the last server put there; "" where there is none. */
  deliveredFrom: string;
  /** Some server says it took it; else the file is hardly a copy as it was delivered. */
  isReceived: boolean;
}

/** No relay takes that long after PPS let a message pass. */
const longestOnTheWay = 3_600_000;

/** The trace lags by some minutes (pps-api.md 5). */
const longestLag = 3_600_000;

/** Reads what of a file may contradict the trace. A mailbox that strips these headers leaves nothing to contradict by. */
export function readWitness(
  contents: MailContents,
  { ownDomains, now }: Pick<RunContext, "ownDomains" | "now">,
): FileWitness {
  const received = headerValues(contents, "received");
  const receivedAt = received[0] === undefined ? null : readReceivedTime(received[0]);
  return {
    senders: writtenSenders(contents).filter((sender) => !isOwnSender(sender, ownDomains)),
    deliveredFrom: readDelivery(contents),
    isYoung: Math.abs((receivedAt ?? new Date(contents.date).getTime()) - now) < longestLag,
    // A clock that is ahead of this one is no witness.
    receivedAt: receivedAt !== null && receivedAt > now + clockSlack ? null : receivedAt,
    isReceived: received.length > 0,
  };
}

/** Further down it may be the sender's own. */
function readDelivery({ headers }: MailContents): string {
  const [first, ...others] = headers.filter(({ name }) => /^(?:return-path|received)$/i.test(name));
  const isDelivery = first !== undefined && /^return-path$/i.test(first.name) && others.length > 0;
  return isDelivery ? bareAddress(first.value) : "";
}

/**
 * Why the file is hardly the message that PPS has recorded under its Message-ID, which anybody may copy; undefined where
 * nothing speaks against it.
 */
export function findContradiction(
  { headerSenders, sendingIp }: MailIndicators,
  witness: FileWitness,
  records: readonly SenderRecord[],
): string | undefined {
  const recorded = records.map(senderOf);
  const isOfRecorded = (address: string) => recorded.some((sender) => areRelated(address, sender));
  // An imitator writes his victim's address into both headers; what no server has taken yet says no more than that.
  const isForgery = (sender: string) =>
    !witness.isReceived &&
    headerSenders.some((address) => areRelated(address, sender)) &&
    !headerSenders.some(isOfRecorded);
  const [other] = witness.senders.filter((sender) => !isOfRecorded(sender) && !isForgery(sender));
  if (other !== undefined) return `its headers name ${other === "" ? "none" : cleanLine(other)} as envelope sender`;
  const isOtherAddress = witness.senders.some((sender) => recorded.indexOf(sender) < 0);
  if (isOtherAddress && isFromElsewhere(sendingIp, records)) {
    return `its headers name another address of that domain, and ${sendingIp} as the sending host`;
  }
  const { receivedAt } = witness;
  if (receivedAt === null || records.some(wasHeld)) return undefined;
  const last = largest(records.map((record) => new Date(record.receivedAt ?? "").getTime()));
  return receivedAt - last > longestOnTheWay ? "by its headers it was received more than an hour later" : undefined;
}

/** Whether the records name sending hosts, and none in the network of this one. */
export function isFromElsewhere(sendingIp: string, records: readonly SenderRecord[]): boolean {
  const recorded = records.map(({ senderIp }) => readSendingAddress(readText(senderIp))).filter((ip) => ip !== "");
  if (sendingIp === "" || recorded.length === 0) return false;
  return !recorded.some((ip) => networkOf(ip) === networkOf(sendingIp));
}

/** What was held may have been released at any time. */
function wasHeld({ quarantineFolder, currentFolder }: SenderRecord): boolean {
  return readText(quarantineFolder) !== "" || readText(currentFolder) !== "";
}

function areRelated(one: string, other: string): boolean {
  if (one === "" || other === "") return one === other;
  const [first, second] = [domainOf(one), domainOf(other)] as [string, string];
  return first === second || isWithin(first, [second]) || isWithin(second, [first]);
}
