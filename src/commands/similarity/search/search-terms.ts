import { domainOf } from "../../address-domain.ts";
import { eachOnce, firstOfEach } from "../../each-once.ts";
import type { MailIndicators } from "../../indicators/mail-indicators.ts";
import { subjectCore } from "../../indicators/subject.ts";
import { exactSender } from "../../quarantine/search.ts";
import { type DomainKnowledge, isTelling } from "../traits/domain-knowledge.ts";
import { readSendingAddress } from "../traits/sending-address.ts";
import { shapeSubject } from "../traits/subject-shape.ts";
import { mostHeaderSenders } from "../traits/traits.ts";
import { fileTerms } from "./seed-files.ts";

/** One thing to search for, in the words of trace and quarantine; absent where one of them cannot. */
export interface Term {
  /** Equal for terms that ask for the same. */
  key: string;
  trace?: { sender?: string; subject?: string; host?: string; attachment?: string[]; messageId?: string };
  quarantine?: { sender?: string; subject?: string };
  /** Of what anybody's mail may show: only the newest of the day around this time are wanted; NaN where it is not known. */
  near?: number;
}

/** What is searched for to find the like of the seeds, the most telling first. */
export function termsOfSeeds(seeds: readonly MailIndicators[], domains: DomainKnowledge): Term[] {
  const subjects: Term[] = [];
  const senders: Term[] = [];
  const ids: Term[] = [];
  const hosts: Term[] = [];
  const files: Term[] = [];
  const everyday: Term[] = [];
  seeds.forEach((seed) => {
    const term = subjectTerm(seed.subject);
    if (term) subjects.push(term);
    const shown = seed.headerSenders.slice(0, mostHeaderSenders);
    [seed.envelopeSender || seed.returnPath].concat(shown).forEach((address) => {
      const sender = senderTerm(address, domains);
      if (sender) senders.push(sender);
    });
    if (seed.messageId) ids.push({ key: messageIdKey(seed.messageId), trace: { messageId: seed.messageId } });
    const host = hostTerm(seed.sendingIp);
    if (host) hosts.push(host);
    const named = fileTerms(seed);
    if (named.telling) files.push(named.telling);
    if (named.everyday) everyday.push(named.everyday);
  });
  return firstOfEach(ids.concat(subjects, senders, hosts, files, everyday), ({ key }) => key);
}

/** A whole domain where it is one party's, else the address alone; undefined for none, and for the site's own. */
export function senderTerm(address: string, domains: DomainKnowledge): Term | undefined {
  const domain = domainOf(address);
  if (address.indexOf("@") < 1 || !/^[^\s*@]+$/.test(domain)) return undefined;
  const pattern = isTelling(domain, domains) ? anybodyAt(domain) : exactSender(address);
  if (!pattern) return undefined;
  return { key: senderKey(pattern), trace: { sender: pattern }, quarantine: { sender: pattern } };
}

/** The key of the term for a Message-ID. */
export function messageIdKey(messageId: string): string {
  return `id ${messageId}`;
}

/** The key of the term for all senders of a domain. */
export function domainKey(domain: string): string {
  return senderKey(anybodyAt(domain));
}

function senderKey(pattern: string): string {
  return `from ${pattern}`;
}

function anybodyAt(domain: string): string {
  return `*@${domain}`;
}

/** The sending host; undefined for one of an inner network. */
export function hostTerm(address: string): Term | undefined {
  const host = readSendingAddress(address);
  return host === "" ? undefined : { key: hostKey(host), trace: { host } };
}

/** The key of the term for a sending host, by its address. */
export function hostKey(address: string): string {
  return `host ${address}`;
}

/** Words that say less than this would find half of all mail. */
const leastWeight = 1.2;

/**
 * Trace and quarantine read a subject differently: the one by its words, the other to the letter (pps-api.md 2.2, 5).
 * Undefined where its words weigh less than `least`.
 */
export function subjectTerm(subject: string, least: number = leastWeight): Term | undefined {
  const words = telling(subject, least);
  const fragment = fragmentOf(subject, least);
  if (words === undefined && fragment === undefined) return undefined;
  const term: Term = { key: `subject ${words ?? ""}|${fragment ?? ""}`.toLowerCase() };
  if (words !== undefined) term.trace = { subject: words };
  if (fragment !== undefined) term.quarantine = { subject: `*${fragment}*` };
  return term;
}

const longestSubject = 300;

/** The two or three words that say most, for a reworded subject keeps some. */
function telling(subject: string, least: number): string | undefined {
  const separators = /[\s!-/:-@[-`{-\u00bf\u2000-\u2bff\u3000-\u303f]+/;
  const words = eachOnce(subjectCore(subject).slice(0, longestSubject).split(separators))
    .map((text, index) => ({ text, index, weight: /\d/.test(text) ? 0 : shapeSubject(text).weight }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight || other.text.length - one.text.length);
  const chosen = [];
  let weight = 0;
  for (const word of words) {
    if (weight >= least || chosen.length === 3) break;
    chosen.push(word);
    weight += word.weight;
  }
  if (weight < least) return undefined;
  return chosen
    .sort((one, other) => one.index - other.index)
    .map(({ text }) => text)
    .join(" ");
}

/** The longest run of words that stays from one message to the next; PPS takes a star inside for a wildcard. */
function fragmentOf(subject: string, least: number): string | undefined {
  let best = "";
  let bestWeight = 0;
  let run: string[] = [];
  const words = subjectCore(subject).slice(0, longestSubject).split(" ");
  words.concat("#").forEach((word) => {
    if (!/[\d*?#\ufffd]/.test(word)) {
      run.push(word);
      return;
    }
    const text = run
      .join(" ")
      .slice(0, 60)
      .replace(/^[\s:;,.()[\]_-]+|[\s:;,.()[\]_-]+$/g, "");
    const { weight } = shapeSubject(text);
    if (weight > bestWeight) [best, bestWeight] = [text, weight];
    run = [];
  });
  return bestWeight >= least ? best : undefined;
}
