import { weakFrom } from "./campaign.ts";
import type { DomainKnowledge } from "./knowledge.ts";
import { hostTerm, senderTerm, subjectTerm, type Term } from "./search-terms.ts";
import { traitsOf } from "./sightings.ts";
import type { Hunt } from "./term-search.ts";

/** New terms in a whole search; each costs a call to the trace, or more where it finds much. */
const mostNewTerms = 60;

/** New terms of one kind in one round. */
const mostOfKind = { host: 8, subject: 2, sender: 10 };

/** What only seems likely names a host too: where nothing is sure, a host is what may make it so. */
const ofLikely = 0.35;

/** Part of what was seen of a host or domain that has to belong: a mailer of thousands would cost much and prove little. */
const leastPart = 0.3;

/**
 * What else to search for: hosts, subjects and sender domains that come most often in what surely belongs, and were not
 * searched for yet. `already` is how many new terms there were before.
 */
export function chooseNewTerms(hunt: Hunt, strong: number, domains: DomainKnowledge, already: number): Term[] {
  const ranks = { host: createRank(leastPart), subject: createRank(0), sender: createRank(leastPart) };
  hunt.sightings.all.forEach((sighting) => {
    const { likeness, subject, sender, senderIp } = sighting;
    const isSure = likeness.score >= strong;
    const belief = isSure ? 1 : 0;
    ranks.host.add(senderIp, likeness.score >= weakFrom && !isSure ? ofLikely : belief, () => hostTerm(senderIp));
    ranks.subject.add(traitsOf(sighting).subject.key, belief, () => subjectTerm(subject));
    ranks.sender.add(traitsOf(sighting).domain, belief, () => senderTerm(sender.toLowerCase(), domains));
  });
  const { host, subject, sender } = ranks;
  return host
    .first(mostOfKind.host, hunt)
    .concat(sender.first(mostOfKind.sender, hunt), subject.first(mostOfKind.subject, hunt))
    .slice(0, mostNewTerms - already);
}

interface Rank {
  /** Counts a message of that name, by how surely it belongs, 0 to 1. */
  add(name: string, belief: number, read: () => Term | undefined): void;
  /** The most frequent that were not asked for. */
  first(most: number, hunt: Hunt): Term[];
}

function createRank(least: number): Rank {
  const entries: Record<string, { read: () => Term | undefined; sure: number; all: number }> = {};
  return {
    add(name, belief, read) {
      const key = `_${name}`;
      const entry = entries[key] ?? { read, sure: 0, all: 0 };
      // One that belongs spells the term: the others may be written otherwise.
      if (entry.sure === 0) entry.read = read;
      entry.sure += belief;
      entry.all++;
      entries[key] = entry;
    },
    first(most, hunt) {
      const terms: Term[] = [];
      Object.keys(entries)
        .map((key) => entries[key] as { read: () => Term | undefined; sure: number; all: number })
        .filter(({ sure, all }) => sure > 0 && sure >= least * all)
        .sort((one, other) => other.sure - one.sure)
        .forEach(({ read }) => {
          if (terms.length === most) return;
          const term = read();
          if (term === undefined || hunt.asked[term.key]) return;
          if (!terms.some((other) => other.key === term.key)) terms.push(term);
        });
      return terms;
    },
  };
}
