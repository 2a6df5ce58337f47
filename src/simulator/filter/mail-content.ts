import PostalMime, { type Address, type Email, type Mailbox } from "postal-mime";
import type { Arrival, Envelope, MailFacts, Peer } from "../mail.ts";
import { htmlToText } from "./html-text.ts";
import { readZip, type UnpackingRoom } from "./zip.ts";

/** A file in a message, at whatever depth. */
export interface AttachedFile {
  name: string;
  type: string;
  content: Buffer;
}

/** A message taken apart once for all modules. Files and texts of messages attached inside are included. */
export interface MailContent {
  envelope: Envelope;
  peer: Peer;
  raw: Buffer;
  facts: MailFacts;
  headers: { name: string; value: string }[];
  from: Mailbox | undefined;
  replyTo: Mailbox[];
  /** Readable text: subject, plain parts, and HTML parts without their tags. */
  text: string;
  /** Hosts that links in text and HTML lead to, lower case, international names in their ASCII form. */
  linkHosts: string[];
  files: AttachedFile[];
}

const deepest = 4;
/** Bytes unpacked from all archives of one message: a small one may hold gigabytes. */
const mostUnpacked = 50_000_000;

/** Takes a message apart. Never rejects: what cannot be read is kept as plain text of its raw bytes. */
export async function readMailContent(arrival: Arrival): Promise<MailContent> {
  const mail = await parseTolerantly(arrival.raw);
  const inner = await openAttachments(mail, 0, { bytes: mostUnpacked });
  const from = mailboxes(mail.from ? [mail.from] : [])[0];
  const source = [mail.html, mail.text, ...inner.sources].join("\n");
  return {
    envelope: arrival.envelope,
    peer: arrival.peer,
    raw: arrival.raw,
    facts: {
      subject: mail.subject ?? "",
      messageId: withoutBrackets(mail.messageId ?? ""),
      headerFrom: from?.address ?? "",
      attachmentNames: mail.attachments.map((attachment) => attachment.filename ?? "").filter((name) => name !== ""),
      sizeBytes: arrival.raw.length,
    },
    headers: mail.headers.map(({ key, value }) => ({ name: key, value })),
    from,
    replyTo: mailboxes(mail.replyTo ?? []),
    text: [mail.subject, mail.text, htmlToText(mail.html ?? ""), ...inner.sources.map(htmlToText)].join("\n"),
    linkHosts: linkHosts(source),
    files: inner.files,
  };
}

/** The look back lets each run be tried from its beginning only; else a long one would take quadratic time. */
const withoutBrackets = (id: string) => id.replace(/^[\s<]+/, "").replace(/(?<![\s>])[\s>]+$/, "");

async function parseTolerantly(raw: Buffer): Promise<Pick<Email, "headers" | "attachments"> & Partial<Email>> {
  try {
    return await PostalMime.parse(raw);
  } catch {
    return { headers: [], attachments: [], text: raw.toString("latin1") };
  }
}

async function openAttachments(mail: Pick<Email, "attachments">, depth: number, room: UnpackingRoom) {
  const files: AttachedFile[] = [];
  const sources: string[] = [];
  for (const attachment of mail.attachments) {
    const content = bytesOf(attachment.content);
    const file = { name: attachment.filename ?? "", type: attachment.mimeType, content };
    files.push(file, ...readZip(content, room));
    if (file.type === "message/rfc822" && depth < deepest) {
      const attached = await parseTolerantly(content);
      const inner = await openAttachments(attached, depth + 1, room);
      files.push(...inner.files);
      sources.push(attached.subject ?? "", attached.text ?? "", attached.html ?? "", ...inner.sources);
    } else if (file.type.startsWith("text/")) sources.push(content.toString("utf8"));
  }
  return { files, sources };
}

function bytesOf(content: ArrayBuffer | Uint8Array | string): Buffer {
  if (typeof content === "string") return Buffer.from(content);
  return content instanceof ArrayBuffer
    ? Buffer.from(content)
    : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
}

const mailboxes = (addresses: Address[]): Mailbox[] =>
  addresses.flatMap((address) => (address.group ? address.group : [address as Mailbox]));

function linkHosts(source: string): string[] {
  const hosts = new Set<string>();
  for (const [url] of source.matchAll(/\bhttps?:\/\/[^\s"'<>)\]]+/gi)) {
    const host = URL.parse(url)?.hostname;
    if (host) hosts.add(host.toLowerCase());
  }
  return [...hosts];
}
