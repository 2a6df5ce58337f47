import { createHash } from "node:crypto";
import PostalMime, { type Address, type Attachment, type Email } from "postal-mime";
import type { MailAddress, MailAttachment, MailContents } from "../../core/mail-file.ts";
import { formatTime } from "../../core/time.ts";
import { htmlToText } from "./html-text.ts";
import { readAuthentication } from "./mail-authentication.ts";
import { createUrlCollection, type UrlCollection } from "./mail-urls.ts";

const mostHeaders = 500;
const longestHeader = 10_000;
const longestText = 20_000;
const mostAttachments = 500;
/** Messages attached to messages are looked into this deep: a reported phish is usually one. */
const deepestAttachedMail = 3;
/** Where a message's header section is looked for when the whole cannot be parsed. */
const longestHeaderSection = 256 * 1024;

/**
 * Takes a raw message apart. Never fails on malformed mail: what cannot be read is left out. URLs and attachments of
 * attached messages are listed after the message's own.
 */
export async function inspectMail(bytes: Uint8Array): Promise<MailContents> {
  const email = await parse(bytes);
  const urls = createUrlCollection();
  const attachments: MailAttachment[] = [];
  await collect(email, 0, urls, attachments);
  const headers = email.headers.slice(0, mostHeaders);
  return {
    headers: headers.map(({ originalKey, value }) => ({ name: originalKey, value: value.slice(0, longestHeader) })),
    from: readAddresses(email.from === undefined ? [] : [email.from]),
    replyTo: readAddresses(email.replyTo),
    to: readAddresses(email.to),
    cc: readAddresses(email.cc),
    subject: email.subject ?? "",
    messageId: (email.messageId ?? "").trim().replace(/^<|>$/g, ""),
    date: readDate(email.date),
    authentication: readAuthentication(
      headers.filter(({ key }) => key === "authentication-results").map(({ value }) => value.slice(0, longestHeader)),
    ),
    urls: urls.list(),
    attachments,
    text: readBody(email).slice(0, longestText),
    attached: [],
  };
}

async function parse(bytes: Uint8Array): Promise<Email> {
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

function headerSection(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, longestHeaderSection));
  const text = start.toString("latin1");
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  // Without its content type the section is parsed as a message of its own, with no parts to descend into.
  return `${text.slice(0, end).replace(/^content-type:/gim, "X-Content-Type:")}\r\n\r\n`;
}

async function collect(email: Email, depth: number, urls: UrlCollection, found: MailAttachment[]): Promise<void> {
  urls.addText(email.text ?? "");
  urls.addHtml(email.html ?? "");
  for (const attachment of email.attachments) {
    if (found.length >= mostAttachments) return;
    const content = contentOf(attachment);
    found.push({
      name: attachment.filename ?? "",
      contentType: attachment.mimeType,
      sizeBytes: content.byteLength,
      sha256: createHash("sha256").update(content).digest("hex"),
      md5: createHash("md5").update(content).digest("hex"),
    });
    if (attachment.mimeType === "message/rfc822" && depth < deepestAttachedMail) {
      await collect(await parse(content), depth + 1, urls, found);
    }
  }
}

function contentOf(attachment: Attachment): Uint8Array {
  const { content } = attachment;
  return typeof content === "string" ? Buffer.from(content, "utf8") : new Uint8Array(content);
}

function readBody(email: Email): string {
  const text = email.text?.trim() ?? "";
  return text !== "" ? text : htmlToText(email.html ?? "");
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
