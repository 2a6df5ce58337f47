import type { DomainKnowledge } from "./knowledge.ts";
import { hostTerm, senderTerm, subjectTerm, type Term } from "./search-terms.ts";
import { type Sighting, traitsOf } from "./sightings.ts";
import type { Hunt } from "./term-search.ts";

/** New terms in a whole search; each costs a call to the trace and one for every busy folder. */
const mostNewTerms = 20;

/** New terms of one kind in one round. */
const mostOfKind = 5;

/**
 * What else to search for: hosts, subjects and sender domains that come most often in what surely belongs, and were not
 * searched for yet. `already` is how many new terms there were before.
 */
export function chooseNewTerms(hunt: Hunt, strong: number, domains: DomainKnowledge, already: number): Term[] {
  const sure = hunt.sightings.all.filter(({ likeness }) => likeness.score >= strong);
  const kinds: ((sighting: Sighting) => Term | undefined)[] = [
    ({ subject }) => subjectTerm(subject),
    ({ senderIp }) => hostTerm(senderIp),
    ({ sender }) => senderTerm(sender.toLowerCase(), domains),
  ];
  const chosen: Term[] = [];
  kinds.forEach((read, kind) => {
    const terms: Record<string, { term: Term; count: number }> = {};
    const shapes: Record<string, Term | undefined> = {};
    sure.forEach((sighting) => {
      const shape = kind === 0 ? `_${traitsOf(sighting).subject.key}` : "";
      const term = kind === 0 && shape in shapes ? shapes[shape] : read(sighting);
      if (kind === 0) shapes[shape] = term;
      if (term === undefined || hunt.asked[term.key]) return;
      const entry = terms[term.key] ?? { term, count: 0 };
      entry.count++;
      terms[term.key] = entry;
    });
    Object.keys(terms)
      .map((key) => terms[key] as { term: Term; count: number })
      .sort((one, other) => other.count - one.count)
      .slice(0, mostOfKind)
      .forEach(({ term }) => {
        if (chosen.length + already < mostNewTerms) chosen.push(term);
      });
  });
  return chosen;
}
