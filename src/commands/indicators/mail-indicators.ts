import type { MailAttachment, MailContents } from "../../core/mail-file.ts";
import { eachOnce, firstOfEach } from "../each-once.ts";
import { headerValues } from "./header-values.ts";
import { hostOf } from "./link-host.ts";
import { findSendingIp, publicOnly } from "./sending-ip.ts";
import { unwrapUrl } from "./url-defense.ts";

/** What tells a message apart from others, and is found again in its like. Every text is the sender's: hostile. */
export interface MailIndicators {
  /** Lower case; "" for a bounce, or where it is not known. */
  envelopeSender: string;
  /** Addresses of the From header, lower case. */
  headerSenders: string[];
  displayNames: string[];
  /** Lower case. */
  replyTo: string[];
  /** As the topmost Return-Path header says it, lower case; "" where there is none. */
  returnPath: string;
  /** As the header says it; see subjectCore. */
  subject: string;
  /** Brackets removed. */
  messageId: string;
  /** The address that handed the message to the organisation, canonical; "" where it is not known. */
  sendingIp: string;
  /** Links, with what link rewriting put round them taken off, each once. */
  urls: string[];
  /** Hosts of the links, lower case, each once. */
  hosts: string[];
  /** Files, without attached messages, inline images and signatures. */
  attachments: { name: string; sha256: string }[];
  /** ISO 8601 in UTC, as the sender's clock had it; "" where it is not known. */
  date: string;
}

/** Longer ones are no address anybody could write to. */
const longestAddress = 1_000;

/**
 * Takes from a message what may be found again in its like. `ownDomains` tells the organisation's relays from the sender's.
 * Never fails: what the message does not say is empty.
 */
export function readIndicators(contents: MailContents, ownDomains: readonly string[] = []): MailIndicators {
  const returnPath = bareAddress(headerValues(contents, "return-path")[0] ?? "");
  const urls = firstOfEach(contents.urls.map(unwrapUrl), (url) => url);
  return {
    envelopeSender: returnPath === "" ? checkedSender(contents) : returnPath,
    headerSenders: addresses(contents.from),
    displayNames: eachOnce(contents.from.map(({ name }) => name.replace(/\s+/g, " ").trim())).filter(isSaid),
    replyTo: addresses(contents.replyTo),
    returnPath,
    subject: contents.subject,
    messageId: contents.messageId,
    sendingIp: findSendingIp(headerValues(contents, "received"), ownDomains) || checkedIp(contents),
    urls,
    hosts: eachOnce(urls.map(hostOf)).filter(isSaid),
    attachments: contents.attachments.filter(isFile).map(({ name, sha256 }) => ({ name, sha256 })),
    date: contents.date,
  };
}

/** Envelope senders that servers have written into the message, or its sender in their name; lower case, each once. */
export function writtenSenders(contents: MailContents): string[] {
  const [returnPath] = headerValues(contents, "return-path");
  return eachOnce((returnPath === undefined ? [] : [bareAddress(returnPath)]).concat(checkedSender(contents) || []));
}

function addresses(given: readonly { address: string }[]): string[] {
  return eachOnce(given.map(({ address }) => bareAddress(address))).filter(isSaid);
}

/** The address of a header that holds one without a name, lower case, without its brackets. */
export function bareAddress(text: string): string {
  const trimmed = text.trim();
  return (/^<(.*)>$/.exec(trimmed)?.[1] ?? trimmed).trim().slice(0, longestAddress).toLowerCase();
}

function isSaid(text: string): boolean {
  return text !== "";
}

/** The envelope's sender as the server that checked SPF wrote it down, where no Return-Path was kept. */
function checkedSender(contents: MailContents): string {
  const sources = headerValues(contents, "received-spf").slice(0, 1).concat(spfDetails(contents));
  const [sender = ""] = sources
    .map((text) => /\b(?:envelope-from|smtp\.mailfrom|mailfrom)\s*=\s*["<]*([^\s"<>;,()]+)/i.exec(text)?.[1] ?? "")
    .filter((text) => text.indexOf("@") > 0);
  return sender.slice(0, 500).toLowerCase();
}

/** The address SPF was checked for. */
function checkedIp(contents: MailContents): string {
  const sources = headerValues(contents, "received-spf").slice(0, 1).concat(spfDetails(contents));
  const [address = ""] = sources
    .map(
      (text) =>
        /(?:\bclient-ip\s*=|\bsmtp\.remote-ip\s*=|\bsender ip is)\s*"?([0-9a-f.:]{3,45})/i.exec(text)?.[1] ?? "",
    )
    .map(publicOnly)
    .filter(isSaid);
  return address;
}

function spfDetails({ authentication }: MailContents): string[] {
  return authentication.filter(({ method }) => method === "spf").map(({ detail }) => detail);
}

/** Pictures by the names mail programs give to those a text shows; they are the same in every message of an organisation. */
const inlineImage =
  /^(?:image\d*|img_?\d*|outlook-[\w-]*|logo[\w-]*|att\d{5}|inline[\w-]*|)(?:\.[a-z]{3,4})?(?:@.*)?$/i;

function isFile({ name, contentType }: MailAttachment): boolean {
  if (/^(?:message\/|multipart\/)|\/(?:x-)?pkcs7-signature$|\/pgp-signature$/i.test(contentType)) return false;
  if (/\.(?:eml|p7s)$/i.test(name)) return false;
  // A text without a name is another form of what the message says, such as an invitation's calendar.
  if (name === "" && /^text\//i.test(contentType)) return false;
  return !(/^image\//i.test(contentType) && inlineImage.test(name));
}
