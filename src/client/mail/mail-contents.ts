import { createHash } from "node:crypto";
import PostalMime, { type Address, type Attachment, addressParser, type Email } from "postal-mime";
import type { MailAddress, MailAttachment, MailContents } from "../../core/mail-file.ts";
import { formatTime } from "../../core/time.ts";
import { htmlToText } from "./html-text.ts";
import { readAuthentication, readAuthenticationServer } from "./mail-authentication.ts";
import { createUrlCollection } from "./mail-urls.ts";
import { readReceivingHost } from "./receiving-host.ts";

const mostHeaders = 500;
const longestHeader = 10_000;
const longestText = 20_000;
const mostAttachments = 500;
const mostSenders = 50;
/** Messages attached to messages are looked into this deep: a reported phish is usually one. */
const deepestAttachedMail = 3;
/** More in one mail are a mailbox, not a report. */
const mostAttachedMail = 20;
/**
 * Lines that are read of a message: so many, and one more for every 50 bytes before. No encoding writes shorter ones, and the
 * parser takes as long for an empty line as for a full one.
 */
const mostLines = 50_000;
const shortestLine = 50;
/** An address, a time and a zone. */
const longestMailboxLine = 500;
/** Where a message's header section is looked for when the whole cannot be parsed. */
const longestHeaderSection = 256 * 1024;

/**
 * Takes a raw message apart, of a mailbox file the first. Never fails on malformed mail: what cannot be read is left out. URLs and attachments of
 * attached messages are listed after the message's own; the first 20 of those messages, three deep, are also told one by one.
 */
export function inspectMail(bytes: Uint8Array): Promise<MailContents> {
  return inspectDeep(firstOfMailbox(bytes), 0, { attachedMail: mostAttachedMail });
}

/** A mailbox file begins with a line "From ... year", and so does each message in it, after an empty line. */
function firstOfMailbox(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.subarray(0, 5).toString("latin1") !== "From ") return bytes;
  for (let at = buffer.indexOf("\nFrom "); at >= 0; at = buffer.indexOf("\nFrom ", at + 1)) {
    const before = buffer.toString("latin1", Math.max(0, at - 2), at);
    const line = buffer.toString("latin1", at + 1, at + longestMailboxLine);
    if (/\n\r?$/.test(before) && /^From \S+ [^\n]*\b\d{4}\b[^\n]*\n/.test(line)) return bytes.subarray(0, at);
  }
  return bytes;
}

/** What may still be looked into, of all levels together. */
interface Allowance {
  attachedMail: number;
}

async function inspectDeep(bytes: Uint8Array, depth: number, allowance: Allowance): Promise<MailContents> {
  const email = await parse(bytes);
  const urls = createUrlCollection();
  const [plain, html] = [email.text ?? "", email.html ?? ""];
  const visible = htmlToText(html);
  urls.addText(plain);
  urls.addHtml(html, visible);
  const attachments: MailAttachment[] = [];
  const attached: MailContents[] = [];
  const messages = depth < deepestAttachedMail ? takeMessages(email, allowance) : [];
  for (const attachment of email.attachments) {
    const content = contentOf(attachment);
    if (attachments.length < mostAttachments) attachments.push(describe(attachment, content));
    if (!messages.includes(attachment)) continue;
    const inner = await inspectDeep(content, depth + 1, allowance);
    inner.urls.forEach(urls.add);
    attachments.push(...inner.attachments.slice(0, mostAttachments - attachments.length));
    if (hasEnvelope(inner)) attached.push(inner);
  }
  const headers = email.headers.slice(0, mostHeaders);
  const valuesOf = (name: string) =>
    headers.filter(({ key }) => key === name).map(({ value }) => value.slice(0, longestHeader));
  const results = valuesOf("authentication-results");
  return {
    headers: headers.map(({ originalKey, value }) => ({ name: originalKey, value: value.slice(0, longestHeader) })),
    from: readAddresses(readSenders(email)),
    replyTo: readAddresses(email.replyTo),
    to: readAddresses(email.to),
    cc: readAddresses(email.cc),
    subject: email.subject ?? "",
    messageId: (email.messageId ?? "").trim().replace(/^<|>$/g, ""),
    date: readDate(email.date),
    authentication: readAuthentication(results),
    authenticationServer: readAuthenticationServer(results),
    receivedBy: readReceivingHost(valuesOf("received")[0] ?? ""),
    urls: urls.list(),
    attachments,
    text: (plain.trim() || visible).slice(0, longestText),
    attached,
  };
}

async function parse(given: Uint8Array): Promise<Email> {
  const bytes = withinLines(given);
  const options = { forceRfc822Attachments: true, attachmentEncoding: "arraybuffer" as const };
  try {
    return await PostalMime.parse(bytes, options);
  } catch {
    // Too deep or too much header: the parser refuses the whole, yet the first headers still tell who and what.
    try {
      return await PostalMime.parse(headerSection(bytes), options);
    } catch {
      return { headers: [], headerLines: [], attachments: [] };
    }
  }
}

/** The part of a message before which no more lines stand than are read. */
function withinLines(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let lines = 0;
  for (let at = buffer.indexOf(10); at >= 0; at = buffer.indexOf(10, at + 1)) {
    lines++;
    if (lines > mostLines + at / shortestLine) return bytes.subarray(0, at);
  }
  return bytes;
}

function headerSection(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, longestHeaderSection));
  const text = start.toString("latin1");
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  // Without its content type the section is parsed as a message of its own, with no parts to descend into.
  return `${text.slice(0, end).replace(/^content-type:/gim, "X-Content-Type:")}\r\n\r\n`;
}

/** Those of one level before any below, so that one message that carries many does not take the place of its neighbours. */
function takeMessages({ attachments }: Email, allowance: Allowance): Attachment[] {
  const messages = attachments.filter(isMessage).slice(0, allowance.attachedMail);
  allowance.attachedMail -= messages.length;
  return messages;
}

function describe({ filename, mimeType }: Attachment, content: Uint8Array): MailAttachment {
  return {
    name: filename ?? "",
    contentType: mimeType,
    sizeBytes: content.byteLength,
    sha256: createHash("sha256").update(content).digest("hex"),
    md5: createHash("md5").update(content).digest("hex"),
  };
}

/** Buttons that report a phish, and people who saved one first, send it under the type of any file. */
function isMessage({ filename, mimeType }: Attachment): boolean {
  return /^message\/(?:rfc822|global)$/i.test(mimeType) || /\.eml$/i.test(filename ?? "");
}

/** What carries a message's type or name may be anything; a message has one of these at least. */
function hasEnvelope({ headers }: MailContents): boolean {
  return headers.some(({ name }) => /^(?:from|received|message-id|subject|date)$/i.test(name));
}

function contentOf(attachment: Attachment): Uint8Array {
  const { content } = attachment;
  return typeof content === "string" ? Buffer.from(content, "utf8") : new Uint8Array(content);
}

/** A From header may name several; the parser reads the first of them. */
function readSenders(email: Email): Address[] {
  return email.headers
    .filter(({ key }) => key === "from")
    .flatMap(({ value }) => addressParser(value.slice(0, longestHeader)))
    .slice(0, mostSenders);
}

function readAddresses(addresses: readonly Address[] | undefined): MailAddress[] {
  return (addresses ?? [])
    .flatMap((entry) => ("group" in entry && entry.group ? entry.group : [entry as MailAddress]))
    .map(({ name, address }) => ({ name, address: address ?? "" }));
}

function readDate(date: string | undefined): string {
  const time = Date.parse(date ?? "");
  return Number.isNaN(time) ? "" : formatTime(time);
}
