import { readIpAddress } from "../../../core/ip-address.ts";
import { domainOf } from "../../address-domain.ts";
import type { Intel } from "../../intel/intel.ts";
import { namesAbove } from "../../intel/name-forms.ts";
import { isPattern, matchesWords, spellWords } from "../../intel/starred-words.ts";
import { matchesPattern } from "../../quarantine/address-pattern.ts";
import { addressIn, type Message } from "../../quarantine/message.ts";
import type { TraceRecord } from "../../trace/record.ts";
import { readText, readTexts } from "../../wire.ts";

/** What of a message indicators are compared with. */
export interface MessageFacts {
  sender: string;
  recipients: readonly string[];
  subject: string;
  messageId: string;
  ip: string;
  host: string;
  /** Quarantine does not tell of either. */
  attachments: readonly string[];
  viruses: readonly string[];
}

/** Tells which of the indicators, by their index, name a message. PPS finds more than is asked for (pps-api.md 5, 10 row 9). */
export type Matcher = (facts: MessageFacts) => number[];

type Table = { [text: string]: number[] };

/** Looks up what it can, so that many indicators against many messages take no longer than both together. */
export function createMatcher(intel: readonly Intel[]): Matcher {
  const tables: { [kind: string]: Table } = {};
  const patterns: { [kind: string]: { pattern: string; index: number }[] } = {};
  intel.forEach(({ kind, value, revoked }, index) => {
    if (revoked) return;
    const spelled =
      kind === "ip" || kind === "host" ? spellIp(value) : kind === "messageId" ? value : spellWords(value);
    const isBelow = kind === "domain" && spelled.slice(0, 2) === "*.";
    // Scanners name one virus in many ways: any name with the word in it counts.
    if (kind === "virus" || (!isBelow && isPattern(spelled))) {
      patterns[kind] = patterns[kind] ?? [];
      patterns[kind].push({ pattern: spelled, index });
      return;
    }
    const name = isBelow ? "below" : kind;
    tables[name] = tables[name] ?? (Object.create(null) as Table);
    const text = isBelow ? spelled.slice(2) : spelled;
    const others = tables[name][text];
    if (others === undefined) tables[name][text] = [index];
    else others.push(index);
  });

  return (facts) => {
    const matched: number[] = [];
    const seen: { [index: number]: true } = {};
    const add = (index: number) => {
      if (seen[index]) return;
      seen[index] = true;
      matched.push(index);
    };
    const look = (name: string, text: string) => {
      (tables[name]?.[text] ?? []).forEach(add);
    };
    const compare = (kind: string, matches: (pattern: string) => boolean) => {
      (patterns[kind] ?? []).forEach(({ pattern, index }) => {
        if (matches(pattern)) add(index);
      });
    };
    const sender = facts.sender.toLowerCase();
    const domain = domainOf(sender);
    look("sender", sender);
    compare("sender", (pattern) => matchesPattern(pattern, sender));
    look("domain", domain);
    namesAbove(domain).forEach((parent) => {
      look("below", parent);
    });
    facts.recipients.forEach((given) => {
      const recipient = given.toLowerCase();
      look("recipient", recipient);
      compare("recipient", (pattern) => matchesPattern(pattern, recipient));
    });
    const subject = spellWords(facts.subject);
    look("subject", subject);
    compare("subject", (pattern) => matchesWords(pattern, subject));
    look("messageId", facts.messageId);
    const ip = spellIp(facts.ip);
    look("ip", ip);
    const host = facts.host.toLowerCase();
    look("host", host);
    look("host", ip);
    namesAbove(host).forEach((parent) => {
      look("host", parent);
    });
    facts.attachments.forEach((name) => {
      look("attachment", spellWords(name));
    });
    facts.viruses.forEach((name) => {
      compare("virus", (word) => spellWords(name).indexOf(word) >= 0);
    });
    return matched;
  };
}

/** An IP address in its one spelling; anything else in lower case. */
function spellIp(text: string): string {
  return readIpAddress(text)?.address ?? text.toLowerCase();
}

/** What a quarantine record tells. */
export function factsOfMessage(message: Message): MessageFacts {
  return {
    sender: message.sender,
    recipients: message.recipients,
    subject: message.subject,
    messageId: message.messageId,
    ip: addressIn(message.hostIp),
    host: message.hostIp.split(" ")[0] ?? "",
    attachments: [],
    viruses: [],
  };
}

/** What a trace record tells. */
export function factsOfRecord(record: TraceRecord): MessageFacts {
  return {
    sender: record.sender,
    recipients: record.recipients,
    subject: record.subject,
    messageId: record.messageId,
    ip: readText(record.senderIp),
    host: readText(record.senderHost),
    attachments: readTexts(record.attachmentNames),
    viruses: readTexts(record.virusNames),
  };
}
