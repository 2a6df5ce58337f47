import { type Knowledge, learn, learnSubject, note } from "./knowledge.ts";
import { type Sighting, traitsOf } from "./sightings.ts";
import type { SubjectShape } from "./subject-shape.ts";
import type { Trait } from "./traits.ts";

/** What was learnt counts a little less than what was reported. */
const mostBelieved = 0.9;

/** Of the messages that share a fact, how many must surely belong before the fact is taken for the campaign's own. */
const leastPurity = 0.5;

/** A fact of the seeds that this many unlike messages share as well is anybody's. */
const manyMessages = 30;
const common = 0.25;
const leastShare = 0.3;

interface Count {
  sure: number;
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
    if (traits.facts.some(({ kind, key }) => kind === "message" && known.shares[key] === 1)) learn(known, traits, 1);
    traits.facts.filter(isLearnable).forEach((fact) => {
      facts[fact.key] = fact;
      counts[fact.key] = { sure: 0, all: 0 };
    });
    subjects[`subject ${traits.subject.key}`] = traits.subject;
    counts[`subject ${traits.subject.key}`] = { sure: 0, all: 0 };
    if (traits.time > 0) times.push(traits.time);
  });
  countAll(all, counts, strong);
  Object.keys(facts).forEach((key) => {
    const count = counts[key] as Count;
    const purity = count.sure / count.all;
    if (known.shares[key] === 1) {
      if (count.all >= manyMessages && purity < common) known.shares[key] = Math.max(leastShare, 2 * purity);
    } else if (isBelieved(count)) note(known, facts[key] as Trait, beliefIn(count));
  });
  Object.keys(subjects)
    .filter((key) => isBelieved(counts[key] as Count))
    .sort((one, other) => (counts[other] as Count).sure - (counts[one] as Count).sure)
    .forEach((key) => {
      learnSubject(known, subjects[key] as SubjectShape, beliefIn(counts[key] as Count));
    });
  times.sort((one, other) => one - other);
  for (let part = 0; part < 8 && times.length > 0; part++) {
    known.times.push(times[Math.floor((part * (times.length - 1)) / 7)] as number);
  }
  return known;
}

function isLearnable({ kind }: Trait): boolean {
  return kind === "source" || kind === "habit" || kind === "host" || kind === "fileName" || kind === "link";
}

function countAll(all: readonly Sighting[], counts: Record<string, Count>, strong: number): void {
  all.forEach((sighting) => {
    const isSure = sighting.likeness.score >= strong;
    const traits = traitsOf(sighting);
    const keys: Record<string, true> = {};
    traits.facts.forEach(({ key }) => {
      keys[key] = true;
    });
    keys[`subject ${traits.subject.key}`] = true;
    Object.keys(keys).forEach((key) => {
      const count = counts[key];
      if (count === undefined) return;
      count.all++;
      if (isSure) count.sure++;
    });
  });
}

/** One message may share a fact by chance. */
function isBelieved({ sure, all }: Count): boolean {
  return sure >= 2 && sure >= leastPurity * all;
}

function beliefIn({ sure, all }: Count): number {
  return Math.min(mostBelieved, (sure / all) * (sure / (sure + 1)));
}
