import { type Sighting, traitsOf } from "../sightings.ts";
import type { SubjectShape } from "../traits/subject-shape.ts";
import type { Trait } from "../traits/traits.ts";
import { isAnybodysHost, isReportedOne, type Knowledge, learn, learnSubject, note } from "./knowledge.ts";

/** What was learnt counts a little less than what was reported. */
const mostBelieved = 0.9;

/** Score of messages that are half believed. */
const likelyFrom = 45;

/** Part of its messages that has to belong before a host, a name or a subject is taken for the campaign's own: many share one. */
const leastOfShared = 0.5;

/** The same for a sender or his domain: who sends a few that surely belong is no stranger to the rest. */
const leastOfOwn = 0.15;

/** Messages of a mailing that have to be opened, all of which have to belong, before they stand for the rest. */
const leastOpened = 3;

/** Weight of words from which messages of one subject may be one mailing at all. */
const leastSubject = 1.5;

/** A fact of the seeds that this many unlike messages share as well is anybody's. */
const manyMessages = 30;
const common = 0.25;
const leastShare = 0.3;

interface Count {
  sure: number;
  likely: number;
  all: number;
}

/**
 * What the messages that surely belong have in common and others have not: the other names, hosts and subjects of the
 * campaign. A fact counts by the part of its messages that are sure, so that an honest company whose invoice looks the
 * same, or a host of thousands, is not drawn in by a few. `known` is completed and given back.
 */
export function learnFrom(all: readonly Sighting[], known: Knowledge, strong: number): Knowledge {
  const facts: Record<string, Trait> = {};
  const subjects: Record<string, SubjectShape> = {};
  const counts: Record<string, Count> = {};
  const times: number[] = [];
  all.forEach((sighting) => {
    if (sighting.likeness.score < strong) return;
    const traits = traitsOf(sighting);
    if (isReportedOne(traits, known)) learn(known, traits, 1);
    const { isTied } = sighting.likeness;
    const isToLearn = (fact: Trait) =>
      isLearnable(fact) && (isTied ? !isAnybodysHost(fact, traits, known) : !isOfSender(fact));
    traits.facts.filter(isToLearn).forEach((fact) => {
      facts[fact.key] = fact;
      counts[fact.key] = counts[fact.key] ?? noCount();
    });
    subjects[`subject ${traits.subject.key}`] = traits.subject;
    counts[`subject ${traits.subject.key}`] = counts[`subject ${traits.subject.key}`] ?? noCount();
    if (traits.time > 0) times.push(traits.time);
  });
  countAll(all, counts, strong);
  Object.keys(facts).forEach((key) => {
    const fact = facts[key] as Trait;
    const count = counts[key] as Count;
    if (known.shares[key] === 1) {
      const purity = purityOf(count);
      if (isShared(fact) && count.all >= manyMessages && purity < common) {
        known.shares[key] = Math.max(leastShare, 2 * purity);
      }
    } else note(known, fact, isSender(fact) ? beliefIn(count, 1, leastOfOwn) : beliefIn(count, 2, leastOfShared));
  });
  Object.keys(subjects)
    .sort((one, other) => (counts[other] as Count).sure - (counts[one] as Count).sure)
    .forEach((key) => {
      const shape = subjects[key] as SubjectShape;
      const count = counts[key] as Count;
      const belief = beliefIn(count, 2, leastOfShared);
      if (belief > 0) learnSubject(known, shape, belief);
    });
  proveMailings(all, known, strong);
  times.sort((one, other) => one - other);
  for (let part = 0; part < 8 && times.length > 0; part++) {
    known.times.push(times[Math.floor((part * (times.length - 1)) / 7)] as number);
  }
  return known;
}

function isLearnable(fact: Trait): boolean {
  const { kind } = fact;
  return isSender(fact) || kind === "habit" || kind === "host" || kind === "fileName" || kind === "link";
}

function isSender({ kind }: Trait): boolean {
  return kind === "source" || kind === "header";
}

/** Whom a link, a file or a subject alone draws in may be whom the campaign copies: nothing of him is taken for its own. */
function isOfSender(fact: Trait): boolean {
  return isSender(fact) || fact.kind === "habit" || fact.kind === "host";
}

/** What opened messages tell of those of the same mailing that were not. */
function proveMailings(all: readonly Sighting[], known: Knowledge, strong: number): void {
  const opened: Record<string, number> = {};
  const failed: Record<string, true> = {};
  all.forEach((sighting) => {
    if (!sighting.indicators) return;
    const { mailing, subject } = traitsOf(sighting);
    if (subject.weight >= leastSubject) opened[mailing] = (opened[mailing] ?? 0) + 1;
    if (sighting.likeness.score < strong) failed[mailing] = true;
  });
  Object.keys(opened).forEach((mailing) => {
    if ((opened[mailing] as number) >= leastOpened && !failed[mailing]) known.provenMailings[mailing] = true;
  });
}

/** An address is one party's own however many messages it sends. */
function isShared({ kind, senderDomain }: Trait): boolean {
  return kind === "host" || senderDomain !== undefined;
}

function noCount(): Count {
  return { sure: 0, likely: 0, all: 0 };
}

function countAll(all: readonly Sighting[], counts: Record<string, Count>, strong: number): void {
  all.forEach((sighting) => {
    const { score, isTied } = sighting.likeness;
    const isSure = score >= strong;
    const traits = traitsOf(sighting);
    /** Whether it tells of what it shares by this key. */
    const keys: Record<string, boolean> = {};
    traits.facts.forEach((fact) => {
      keys[fact.key] = isTied || !isOfSender(fact);
    });
    keys[`subject ${traits.subject.key}`] = true;
    Object.keys(keys).forEach((key) => {
      const count = counts[key];
      if (count === undefined) return;
      count.all++;
      if (isSure && keys[key]) count.sure++;
      else if (score >= likelyFrom) count.likely++;
    });
  });
}

function purityOf({ sure, likely, all }: Count): number {
  return (sure + likely / 2) / all;
}

/** One message may share a fact by chance: `sure` of them are asked for, and `least` of all. */
function beliefIn(count: Count, sure: number, least: number): number {
  const purity = purityOf(count);
  if (count.sure < sure || purity < least) return 0;
  return Math.min(mostBelieved, Math.max(purity, 1 - least) * (count.sure / (count.sure + 1)));
}
