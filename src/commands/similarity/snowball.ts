import { weakFrom } from "./campaign.ts";
import type { DomainKnowledge } from "./knowledge.ts";
import { hostTerm, senderTerm, subjectTerm, type Term } from "./search-terms.ts";
import { traitsOf } from "./sightings.ts";
import type { Hunt } from "./term-search.ts";

/** New terms in a whole search; each costs a call to the trace and one for every busy folder. */
const mostNewTerms = 20;

/** New terms of one kind in one round. */
const mostOfKind = { host: 5, subject: 3, sender: 3 };

/**
 * What else to search for: hosts, subjects and sender domains that come most often in what surely belongs, and were not
 * searched for yet. `already` is how many new terms there were before.
 */
export function chooseNewTerms(hunt: Hunt, strong: number, domains: DomainKnowledge, already: number): Term[] {
  const ranks = { host: createRank(), subject: createRank(), sender: createRank() };
  hunt.sightings.all.forEach((sighting) => {
    const { likeness, subject, sender, senderIp } = sighting;
    if (likeness.score < weakFrom) return;
    const isSure = likeness.score >= strong;
    // A host costs one call and proves little by itself: what is only likely may name it too.
    ranks.host.add(senderIp, isSure ? 1 : 0.25, () => hostTerm(senderIp));
    if (!isSure) return;
    ranks.subject.add(traitsOf(sighting).subject.key, 1, () => subjectTerm(subject));
    ranks.sender.add(traitsOf(sighting).domain, 1, () => senderTerm(sender.toLowerCase(), domains));
  });
  const { host, subject, sender } = ranks;
  return host
    .first(mostOfKind.host, hunt)
    .concat(subject.first(mostOfKind.subject, hunt), sender.first(mostOfKind.sender, hunt))
    .slice(0, mostNewTerms - already);
}

interface Rank {
  add(name: string, count: number, read: () => Term | undefined): void;
  /** The most frequent that were not asked for. */
  first(most: number, hunt: Hunt): Term[];
}

function createRank(): Rank {
  const entries: Record<string, { term: Term | undefined; count: number }> = {};
  return {
    add(name, count, read) {
      const key = `_${name}`;
      const entry = entries[key] ?? { term: read(), count: 0 };
      entry.count += count;
      entries[key] = entry;
    },
    first(most, hunt) {
      const terms: Term[] = [];
      const keys = Object.keys(entries).sort((one, other) => (entries[other]?.count ?? 0) - (entries[one]?.count ?? 0));
      keys.forEach((key) => {
        const term = entries[key]?.term;
        if (term === undefined || terms.length === most || hunt.asked[term.key]) return;
        if (!terms.some((other) => other.key === term.key)) terms.push(term);
      });
      return terms;
    },
  };
}
