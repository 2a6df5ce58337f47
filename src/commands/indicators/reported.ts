import type { MailContents } from "../../core/mail-file.ts";
import { quoteValue } from "../../core/quoted-value.ts";
import { domainOf } from "../address-domain.ts";
import { among } from "../each-once.ts";
import { fewNames } from "../few-names.ts";
import { findOwnDomain } from "../lists/entry/own-domain.ts";
import { headerValues } from "./header-values.ts";
import { hostOf } from "./link-host.ts";

/** What somebody reported, and who. */
export interface Reported {
  /** Empty where a report carries what cannot be read. */
  reported: MailContents[];
  /** Address of who reported it, lower case; "" where the message is no report. */
  reporter: string;
  /** Messages that carry others, of which it cannot be told whether they or what they carry is meant: neither is taken. */
  leftOut: MailContents[];
  /** What was taken for what, what was left out, and what could not be read. */
  notes: string[];
}

/**
 * Where a message that carries others came from, by PPS's record of it: its own From header is the word of whoever wrote it.
 * `inside` and `outside` of the organisation; `senderless` without an envelope sender; `unrecorded` where PPS has no record of
 * it; `unnamed` where it has no one Message-ID to look for; `unknown` where the record cannot be read.
 */
export type CarrierOrigin = "outside" | "inside" | "senderless" | "unrecorded" | "unnamed" | "unknown";

/** The text of a report is hardly longer, with its signature. */
const longestRemark = 1_000;

/**
 * Which messages an analyst means who hands in a message: those it carries where it is a report, else itself. A message
 * that carries others is a report when it comes from an own domain, when none is known, or when it says little and has
 * no links of its own. A notice of non-delivery is none, though it carries what was not delivered. A stranger may write what
 * looks like a report, and an honest one may come from elsewhere: of what is recorded as coming from outside nothing is taken,
 * nor of a report that a report carries where it is not known to come from inside. What mail providers send as
 * complaints is a report where it is handed in itself; in another report it may be a stranger's.
 */
export function chooseReported(
  contents: MailContents,
  ownDomains: readonly string[],
  originOf: (carrier: MailContents) => CarrierOrigin,
): Reported {
  const unreadable = contents.attachments.filter(({ name, contentType }) => isUnreadable(name, contentType));
  const notes = unreadable.length === 0 ? [] : [tellUnreadable(unreadable.map(({ name }) => name))];
  if (isNotice(contents)) {
    if (contents.attached.length > 0) notes.push(aNotice);
    return { reported: [contents], reporter: "", leftOut: [], notes };
  }
  if (!isReport(contents, ownDomains, unreadable.length > 0)) {
    if (contents.attached.length > 0) notes.push(`${aCarrier} ${counted(contents.attached.length)} too.`);
    return { reported: [contents], reporter: "", leftOut: [], notes };
  }
  const reporter = senderOf(contents);
  const carries = contents.attached.length > 0;
  const isJudged = carries && ownDomains.length > 0 && !isComplaint(contents);
  const origin = isJudged ? originOf(contents) : "inside";
  const isUntold = origin === "unnamed" || origin === "senderless";
  if (origin === "outside" || (isUntold && !isFromOwn(contents, ownDomains))) {
    notes.push(tellLeftOut(contents, origin));
    return { reported: [], reporter, leftOut: [contents], notes };
  }
  const leftOut: MailContents[] = [];
  const reported = carried(contents.attached, { ownDomains, originOf, leftOut, notes });
  if (reported.length > 0) {
    const isStrange = ownDomains.length > 0 && !isFromOwn(contents, ownDomains) && !isComplaint(contents);
    notes.unshift(tellReport(reporter, reported.length) + (isStrange ? ` ${fromElsewhere}` : ""));
  }
  if (origin !== "inside" && reported.length > 0) notes.push(`${unproven[origin]}: ${onlyItself}`);
  const unread = countCarriers(contents) - countAttached(contents);
  if (unread > 0) notes.push(`Of the attached messages ${unread} could not be read, or were too many or too deep.`);
  return { reported, reporter, leftOut, notes };
}

/** What PPS does not say of a report that was handed in. */
const unproven = {
  senderless: "PPS recorded the report without an envelope sender",
  unrecorded: "PPS has no record of the report",
  unnamed: "The report has no one Message-ID by which PPS could know it",
  unknown: "PPS's record of the report cannot be read",
};

const onlyItself = "that it comes from inside is only what it says itself.";

function tellLeftOut(carrier: MailContents, origin: Exclude<CarrierOrigin, "inside">): string {
  const sender = senderOf(carrier);
  const what = sender === "" ? "The message of nobody" : `The message of ${shown(sender)}`;
  return `${what} and ${counted(carrier.attached.length)} that it carries are left out: ${doubts[origin]}, and it cannot be told which of them is meant.`;
}

const doubts = {
  outside: "PPS recorded it as coming from outside",
  senderless: "PPS recorded it without an envelope sender",
  unrecorded: "PPS has no record of it",
  unnamed: "it has no one Message-ID by which PPS could know it",
  unknown: "PPS's record of it cannot be read",
};

const aNotice =
  "It is a notice of non-delivery or receipt and no report; the notice is looked at, not the message it carries.";
const fromElsewhere =
  "It is from no own domain: where the message that carries it is the one meant, forward that as an attachment.";
const aCarrier = "It is from elsewhere and says too much for a report; it is looked at itself, with what it carries:";

function tellReport(reporter: string, count: number): string {
  const whose = reporter === "" ? "The report" : `The report of ${shown(reporter)}`;
  return `${whose} carries ${counted(count)}; ${count === 1 ? "that one is" : "they are"} looked at.`;
}

function counted(count: number): string {
  return count === 1 ? "1 message" : `${count} messages`;
}

function shown(address: string): string {
  return /^[!-~]{1,100}$/.test(address) ? address : quoteValue(address);
}

function tellUnreadable(names: readonly string[]): string {
  const list = fewNames(names.map((name) => quoteValue(name)));
  return `What Outlook packed up in its own format cannot be read: ${list}. Have the message saved or forwarded as an attachment in the format .eml.`;
}

/** Messages as Outlook saves them, and the packet old Exchange servers put round attachments. */
function isUnreadable(name: string, contentType: string): boolean {
  return (
    /\.msg$|^winmail\.dat$/i.test(name) || /^application\/(?:vnd\.ms-(?:outlook|tnef)|ms-tnef)$/i.test(contentType)
  );
}

/** A mail server's report on what became of a message (RFC 6522), but for one of abuse (RFC 5965). */
function isNotice(contents: MailContents): boolean {
  const type = typeOf(contents);
  if (/^\s*multipart\/report\b/i.test(type)) return !isComplaint(contents);
  const [localPart = ""] = senderOf(contents).split("@");
  return /^(?:mailer-daemon|postmaster|microsoftexchange[0-9a-f]{32})$/.test(localPart);
}

function isComplaint(contents: MailContents): boolean {
  return /\breport-type\s*=\s*"?feedback-report\b/i.test(typeOf(contents));
}

function isReport(contents: MailContents, ownDomains: readonly string[], hasUnreadable: boolean): boolean {
  const carries = contents.attached.length > 0;
  if (!carries && !hasUnreadable) return false;
  if (isComplaint(contents) || isFromOwn(contents, ownDomains)) return true;
  return (carries && ownDomains.length === 0) || saysLittle(contents, ownDomains);
}

function isFromOwn(contents: MailContents, ownDomains: readonly string[]): boolean {
  const sender = senderOf(contents);
  const own = findOwnDomain(domainOf(sender), ownDomains);
  return own !== undefined && !own.isBelow && !isForged(contents);
}

/** By the server that received it, the sender is not who it says; what stays inside is not judged. */
function isForged({ authentication }: MailContents): boolean {
  return authentication.some(({ method, result }) => method === "dmarc" && result === "fail");
}

function saysLittle(contents: MailContents, ownDomains: readonly string[]): boolean {
  let carriedUrls: string[] = [];
  contents.attached.forEach(({ urls }) => {
    carriedUrls = carriedUrls.concat(urls);
  });
  const isCarried = among(carriedUrls);
  const isLeadingOut = (url: string) => findOwnDomain(hostOf(url), ownDomains)?.isBelow !== false;
  return contents.text.length <= longestRemark && !contents.urls.some((url) => !isCarried(url) && isLeadingOut(url));
}

interface Unpacking {
  ownDomains: readonly string[];
  originOf: (carrier: MailContents) => CarrierOrigin;
  leftOut: MailContents[];
  notes: string[];
}

/** Who collects reports hands on those of others: what such a report carries is what was reported. */
function carried(attached: readonly MailContents[], unpacking: Unpacking): MailContents[] {
  const { ownDomains, originOf, leftOut, notes } = unpacking;
  let reported: MailContents[] = [];
  attached.forEach((message) => {
    const isReportLike = isFromOwn(message, ownDomains) || isComplaint(message);
    if (message.attached.length === 0 || isNotice(message) || !isReportLike) {
      reported.push(message);
      return;
    }
    const origin = originOf(message);
    if (origin === "inside") {
      reported = reported.concat(carried(message.attached, unpacking));
    } else {
      leftOut.push(message);
      notes.push(tellLeftOut(message, origin));
    }
  });
  return reported;
}

function countAttached({ attached }: MailContents): number {
  return attached.reduce((count, message) => count + 1 + countAttached(message), 0);
}

function countCarriers({ attachments }: MailContents): number {
  return attachments.filter(({ contentType }) => /^message\/(?:rfc822|global)$/i.test(contentType)).length;
}

function typeOf(contents: MailContents): string {
  return headerValues(contents, "content-type")[0] ?? "";
}

function senderOf({ from }: MailContents): string {
  return (from[0]?.address ?? "").toLowerCase();
}
