import type { MailContents } from "../../core/mail-file.ts";

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

/** Takes from a message what may be found again in its like. `ownDomains` tells its last relays from its sender. */
export function readIndicators(contents: MailContents, ownDomains: readonly string[] = []): MailIndicators {
  throw new Error(`${contents.subject}${ownDomains.length}`);
}
