import { domainOf } from "../../address-domain.ts";
import type { Seed } from "../seed.ts";
import type { Candidate } from "../traits/candidate.ts";
import { type DomainKnowledge, isAnybodys, isTelling } from "../traits/domain-knowledge.ts";
import { isWithin } from "../traits/shared-sites.ts";
import type { SubjectShape } from "../traits/subject-shape.ts";
import { readSender, readTraits, type Trait, type Traits } from "../traits/traits.ts";
import { weights } from "../weights.ts";

/** Where mail comes from: a sending host's address, or the domain of envelope senders. */
export interface SourceName {
  kind: "host" | "domain";
  name: string;
}

/** Names of sources; a stranger's may be that of a property every object has. */
export interface SourceNames {
  /** Addresses of sending hosts. */
  hosts: Record<string, true>;
  /** Sender domains. */
  domains: Record<string, true>;
}

/** What is the campaign's own. */
export interface OwnSources extends SourceNames {
  /** Shapes of subjects they write, by their keys. */
  wordings: Record<string, true>;
  /** What seems to be its own, by the part of its mail that is known; the largest first. */
  unsearched: SourceName[];
}

export function noSources(): SourceNames {
  return { hosts: Object.create(null), domains: Object.create(null) };
}

/** What is known of what was reported, by which others are judged. */
export interface Knowledge {
  domains: DomainKnowledge;
  /** How much sharing a fact counts, 0 to 1, by the fact's key. */
  shares: Record<string, number>;
  /** The same for what only a file says of its sender: a forger says what he likes. */
  claims: Record<string, number>;
  /** The same for the shapes of subjects, by their keys. */
  subjectShares: Record<string, number>;
  /** Mailings of which messages were opened, and all belonged. */
  provenMailings: Record<string, true>;
  /** The foremost of them, which reworded ones are held against. */
  subjects: { shape: SubjectShape; share: number }[];
  /** What turned out to be the campaign's own. */
  own: OwnSources;
  /** Sender domains others may be made to look like or that are made by one pattern. */
  senderDomains: string[];
  /** Domains of those who are known to have sent what was reported, each of one party. */
  homes: string[];
  times: number[];
  sizes: number[];
  /** Whether it is known who sent what was reported. */
  isSenderKnown: boolean;
  /** Some of it is known to have come without an envelope sender. */
  isSenderless: boolean;
  /** What was reported came from one of the site's own domains. */
  isFromInside: boolean;
  /** All of it is bounces. */
  isBounce: boolean;
}

/** What the seeds alone tell. */
export function knowSeeds(seeds: readonly Seed[], domains: DomainKnowledge): Knowledge {
  const knowledge: Knowledge = {
    domains,
    shares: {},
    claims: {},
    subjectShares: {},
    provenMailings: {},
    subjects: [],
    own: { ...noSources(), wordings: {}, unsearched: [] },
    senderDomains: [],
    homes: [],
    times: [],
    sizes: [],
    isSenderKnown: false,
    isSenderless: false,
    isFromInside: false,
    isBounce: seeds.length > 0,
  };
  seeds.forEach((seed) => {
    const sender = seed.envelopeSender || seed.returnPath;
    const traits = readTraits(candidateOf(seed, sender));
    if (seed.isClaimed) learnClaims(knowledge, traits);
    else {
      learn(knowledge, traits, 1);
      if (traits.domain !== "" && isTelling(traits.domain, domains)) knowledge.homes.push(traits.domain);
    }
    if (saysSenderAlone(seed)) {
      traits.facts
        .filter(({ points }) => points === weights.senderAddress)
        .forEach((fact) => {
          note(knowledge, fact, weights.namedSender / weights.senderAddress);
        });
    }
    if (seed.isBounce) knowledge.isSenderKnown = knowledge.isSenderless = true;
    else if (sender === "") {
      // Saved mail has often lost its envelope, and most senders write the same into the header.
      const guessed: Trait[] = [];
      seed.headerSenders.forEach((address) => {
        readSender(address, "", guessed);
      });
      guessed.forEach((fact) => {
        note(knowledge, fact, 0.8, seed.isClaimed ? knowledge.claims : knowledge.shares);
      });
    }
    const senders = sender !== "" ? [sender] : seed.isBounce ? [] : seed.headerSenders;
    senders.forEach((address) => {
      if (address === "" || seed.isClaimed) return;
      knowledge.isSenderKnown = true;
      if (isWithin(domainOf(address), domains.ownDomains)) knowledge.isFromInside = true;
    });
    if (senders.length > 0 && !/^(mailer-daemon|postmaster)@/.test(sender)) knowledge.isBounce = false;
  });
  return knowledge;
}

function saysSenderAlone(seed: Seed): boolean {
  const { subject, messageId, sendingIp, urls, attachments, replyTo, headerSenders } = seed;
  const texts = subject + messageId + sendingIp;
  return texts === "" && urls.length + attachments.length + replyTo.length + headerSenders.length === 0;
}

function candidateOf(seed: Seed, sender: string): Candidate {
  return {
    sender,
    recipients: [],
    subject: seed.subject,
    messageId: seed.messageId,
    receivedAt: seed.date === "" ? null : seed.date,
    sizeBytes: null,
    senderIp: seed.sendingIp,
    indicators: seed,
  };
}

/** Most subjects, domains, times and sizes that each message is held against. */
const mostKept = 12;

/** Takes the facts of a message for those of what was reported. `share` is how far it is believed. */
export function learn(knowledge: Knowledge, traits: Traits, share: number): void {
  traits.facts.forEach((fact) => {
    if (!isAnybodysHost(fact, traits, knowledge)) note(knowledge, fact, share);
  });
  learnMailing(knowledge, traits, share);
  const { domain } = traits;
  if (domain !== "" && isTelling(domain, knowledge.domains) && knowledge.senderDomains.indexOf(domain) < 0) {
    if (knowledge.senderDomains.length < mostKept) knowledge.senderDomains.push(domain);
  }
}

/** Of a mail provider or mass mailer, whose customers have nothing else in common. */
export function isAnybodysHost({ kind }: Trait, { domain }: Traits, { domains }: Knowledge): boolean {
  return kind === "host" && isAnybodys(domain, domains);
}

/** A file and a link are what they are, whoever sent them; the rest is what a forger would write. */
function learnClaims(knowledge: Knowledge, traits: Traits): void {
  traits.facts.forEach((fact) => {
    const isBorneOut = fact.kind === "file" || fact.kind === "link";
    note(knowledge, fact, 1, isBorneOut ? knowledge.shares : knowledge.claims);
  });
  learnMailing(knowledge, traits, 1);
}

function learnMailing(knowledge: Knowledge, traits: Traits, share: number): void {
  learnSubject(knowledge, traits.subject, share);
  if (traits.time > 0 && knowledge.times.length < mostKept) knowledge.times.push(traits.time);
  if (traits.sizeBytes !== null && knowledge.sizes.length < mostKept) knowledge.sizes.push(traits.sizeBytes);
}

/**
 * Whether a message is the reported one, or a copy of it: by its Message-ID, beside its sender where that is known. Anybody who
 * got an honest message can put its Message-ID into a phish, so that by itself it says next to nothing.
 */
export function isReportedOne(
  { facts, hasNoSender }: Traits,
  { shares, isSenderKnown, isSenderless }: Knowledge,
): boolean {
  const isShared = (kind: Trait["kind"]) => facts.some((fact) => fact.kind === kind && shares[fact.key] !== undefined);
  return isShared("message") && (!isSenderKnown || isShared("source") || (hasNoSender && isSenderless));
}

/** Adds a subject, unless it says nothing or is known. */
export function learnSubject(knowledge: Knowledge, shape: SubjectShape, share: number): void {
  const key = `_${shape.key}`;
  if (shape.weight === 0 || (knowledge.subjectShares[key] ?? 0) >= share) return;
  if (knowledge.subjectShares[key] === undefined && knowledge.subjects.length < mostKept) {
    knowledge.subjects.push({ shape, share });
  }
  knowledge.subjectShares[key] = share;
}

/** Makes a fact count, unless anybody may share it. */
export function note(knowledge: Knowledge, fact: Trait, share: number, table = knowledge.shares): void {
  if (share <= 0) return;
  const domain = fact.senderDomain ?? fact.host;
  if (domain !== undefined && !isTelling(domain, knowledge.domains)) {
    const isPage = fact.key.slice(0, 5) === "link:" && !isWithin(domain, knowledge.domains.ownDomains);
    if (!isPage) return;
  }
  if (!((table[fact.key] ?? 0) >= share)) table[fact.key] = share;
}
