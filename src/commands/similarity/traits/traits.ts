import { domainOf } from "../../address-domain.ts";
import { hostOf } from "../../indicators/link-host.ts";
import type { MailIndicators } from "../../indicators/mail-indicators.ts";
import { withoutBrackets } from "../../wire.ts";
import { fileNamePoints, weights } from "../weights.ts";
import type { Candidate } from "./candidate.ts";
import { plainFileWords, plainLocalParts } from "./plain-words.ts";
import { networkOf, readSendingAddress } from "./sending-address.ts";
import { isCommonHost, parentsOf } from "./shared-sites.ts";
import { type SubjectShape, shapeSubject } from "./subject-shape.ts";

/** The rule of mail that no filter objected to (pps-api.md 5): honest mail has it as well. */
const nothingObjected = "access.system";

/**
 * What evidence is of: facts of one kind do not add up. `source` and `habit` are two sides of the sender as the envelope
 * names him; `header` is what headers say of him, which anybody may write.
 */
export type TraitKind =
  | "message"
  | "file"
  | "link"
  | "source"
  | "habit"
  | "header"
  | "reply"
  | "host"
  | "fileName"
  | "rule";

/** One fact of a message that another may share. */
export interface Trait {
  kind: TraitKind;
  /** Equal for messages that share it. */
  key: string;
  /** What sharing it is worth. */
  points: number;
  /** What is shared, for people. */
  says: string;
  /** Of a link: its host. */
  host?: string;
  /** Domain or host whose own mail shows it as a matter of course, and mail that imitates it as well. */
  home?: string;
  /** Of all senders of a domain, or of those below it: the domain. */
  senderDomain?: string;
  /** Whoever imitates a message writes it as well, without having anything of the one he imitates. */
  isCopyable?: true;
}

/** A message as the scorer sees it. */
export interface Traits {
  facts: Trait[];
  subject: SubjectShape;
  /** Subject and sending network: what messages of one mailing share, and those that only imitate it do not. */
  mailing: string;
  /** Address of the sending host; "" when unknown. */
  host: string;
  /** Domain of the envelope sender; "" for a bounce. */
  domain: string;
  /** Domains its header names as the sender's; empty unless it was opened. */
  headerDomains: string[];
  /** There is no envelope sender at all. */
  hasNoSender: boolean;
  isBounce: boolean;
  /** Milliseconds since 1970; NaN when unknown. */
  time: number;
  sizeBytes: number | null;
}

/** What a message shows that another may share. */
export function readTraits(candidate: Candidate): Traits {
  const facts: Trait[] = [];
  const sender = candidate.sender.trim().toLowerCase();
  const id = withoutBrackets(candidate.messageId);
  if (id.length > 5)
    facts.push({ kind: "message", key: `mid:${id}`, points: weights.messageId, says: "same Message-ID" });
  readSender(sender, "", facts);
  const address = readSendingAddress(candidate.senderIp);
  const network = address === "" ? "" : networkOf(address);
  if (address !== "") {
    facts.push(
      { kind: "host", key: hostFactKey(address), points: weights.sendingHost, says: `same sending host ${address}` },
      { kind: "host", key: `net:${network}`, points: weights.sendingNetwork, says: `same sending network ${network}` },
    );
  }
  (candidate.attachmentNames ?? []).slice(0, 20).forEach((name) => {
    readFileName(name, facts);
  });
  if (candidate.finalRule && candidate.finalRule.toLowerCase() !== nothingObjected) {
    const says = `same rule ${candidate.finalRule}`;
    facts.push({ kind: "rule", key: `rule:${candidate.finalRule.toLowerCase()}`, points: weights.rule, says });
  }
  if (candidate.indicators) readInside(candidate.indicators, facts);
  const subject = shapeSubject(candidate.subject);
  return {
    facts,
    subject,
    mailing: `${subject.key}|${network}`,
    host: address,
    domain: domainOf(sender),
    headerDomains: (candidate.indicators?.headerSenders ?? []).slice(0, mostHeaderSenders).map(domainOf),
    hasNoSender: sender === "",
    isBounce: sender === "" || /^(mailer-daemon|postmaster)@/.test(sender),
    time: candidate.receivedAt === null ? Number.NaN : new Date(candidate.receivedAt).getTime(),
    sizeBytes: candidate.sizeBytes,
  };
}

/** Addresses of a header that are looked at. */
export const mostHeaderSenders = 5;

/** The key of the fact that a message came from this host. */
export function hostFactKey(address: string): string {
  return `ip:${address}`;
}

/** The key of the fact that its envelope sender is of this domain. */
export function domainFactKey(domain: string): string {
  return `sender@${domain}`;
}

/** `place` keeps what headers say, which anybody may write, apart from what the envelope says. */
export function readSender(address: string, place: "" | "header ", facts: Trait[]): void {
  const domain = domainOf(address);
  const local = address.slice(0, Math.max(0, address.lastIndexOf("@")));
  if (local === "" || domain === "") return;
  const whose = `${place}sender`;
  const add = (kind: TraitKind, fact: Omit<Trait, "kind">) => {
    const shown = { ...fact, kind: "header", points: fact.points * weights.inHeader, home: domain } as const;
    facts.push(place === "" ? { ...fact, kind } : shown);
  };
  add("source", { key: `${whose}:${address}`, points: weights.senderAddress, says: `same ${whose} ${address}` });
  add("source", {
    key: place + domainFactKey(domain),
    points: weights.senderDomain,
    says: `same ${whose} domain ${domain}`,
    senderDomain: domain,
  });
  parentsOf(domain).forEach((parent) => {
    const says = `${whose} domain below ${parent}`;
    const key = `${whose}@*.${parent}`;
    add("source", { key, points: weights.senderSibling, says, senderDomain: parent });
  });
  const habit = local.replace(/\+.*$/, "").replace(/[\d._-]+$/, "");
  if (habit.length < 4 || plainLocalParts[`_${habit}`]) return;
  const says = `${whose} named ${habit} too`;
  add("habit", { key: `${whose}:${habit}@`, points: weights.senderLocalPart, says, isCopyable: true });
}

function readFileName(name: string, facts: Trait[]): void {
  const [, stem = "", ending = ""] = /^(.{0,200}?)(\.[^.]{1,10})?$/.exec(name.slice(0, 200)) ?? [];
  const shape = shapeSubject(stem.replace(/_/g, " "));
  let weight = 0;
  shape.words.forEach((word, index) => {
    if (!plainFileWords[`_${word}`]) weight += shape.weights[index] as number;
  });
  if (weight === 0) return;
  const key = `name:${shape.key}${ending.toLowerCase()}`;
  facts.push({
    kind: "fileName",
    key,
    points: fileNamePoints(weight),
    says: `attachment named alike: ${name.slice(0, 80)}`,
    isCopyable: true,
  });
}

/** Whether a file is a picture by its name: not even what is in it proves much. */
export function isPicture(name: string): boolean {
  return /\.(png|jpe?g|gif|bmp|ico|svg|webp)$/i.test(name);
}

function readInside(inside: MailIndicators, facts: Trait[]): void {
  inside.headerSenders.slice(0, mostHeaderSenders).forEach((address) => {
    readSender(address, "header ", facts);
  });
  inside.replyTo.slice(0, 5).forEach((address) => {
    facts.push({
      kind: "reply",
      key: `reply:${address}`,
      points: weights.replyTo,
      says: `answers go to ${address} too`,
      home: domainOf(address),
      isCopyable: true,
    });
  });
  inside.attachments.slice(0, 50).forEach(({ name, sha256 }) => {
    readFileName(name, facts);
    const worth = isPicture(name) ? ({ points: weights.picture, isCopyable: true } as const) : { points: weights.file };
    facts.push({ kind: "file", key: `sha:${sha256}`, says: `same attachment ${name.slice(0, 80)}`, ...worth });
  });
  inside.urls.slice(0, 200).forEach((url) => {
    readLink(url, facts);
  });
  inside.hosts.slice(0, 200).forEach((host) => {
    if (isCommonHost(host)) return;
    facts.push({
      kind: "link",
      key: `host:${host}`,
      points: weights.linkHost,
      says: `link to the same host ${host}`,
      host,
      home: host,
      isCopyable: true,
    });
  });
}

/** What stands behind the path often names the reader, so that each message has its own. */
function readLink(url: string, facts: Trait[]): void {
  const [link, path = ""] = /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(url.slice(0, 2000)) ?? [];
  const page = path.replace(/\/+$/, "");
  const name = hostOf(link ?? "");
  // On a site everybody uses, only a long made-up name can be somebody's own page.
  const isOwnPage = isCommonHost(name) ? /[\w-]{20,}/.test(page) : page.length > 4;
  if (name === "" || !isOwnPage) return;
  const says = `same link ${`${name}${page}`.slice(0, 80)}`;
  facts.push({ kind: "link", key: `link:${name}${page}`, points: weights.link, says, host: name, home: name });
}
