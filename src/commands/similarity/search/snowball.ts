import { weakFrom } from "../campaign.ts";
import type { Knowledge } from "../scoring/knowledge.ts";
import { traitsOf } from "../sightings.ts";
import type { DomainKnowledge } from "../traits/domain-knowledge.ts";
import { hostTerm, senderTerm, subjectTerm, type Term } from "./search-terms.ts";
import type { CampaignSearch } from "./term-search.ts";

/** New terms in a whole search; each costs a call to the trace, or more where it finds much. */
const mostNewTerms = 60;

/** The same in one round. */
const mostInRound = 16;

/** New terms of one kind in one round. */
const mostOfKind = { host: 5, subject: 2, sender: 5 };

/** How far what is only likely counts. */
const ofLikely = 0.3;

/** Part of what was seen of a host or domain that has to be likely: a mailer of thousands costs much and proves little. */
const leastPart = { host: 0.3, subject: 0, sender: 0.15 };

/** What else to search for; `already` is how many new terms there were before. */
export function chooseNewTerms(search: CampaignSearch, strong: number, knowledge: Knowledge, already: number): Term[] {
  const room = Math.min(mostInRound, mostNewTerms - already);
  const { unsearched } = knowledge.own;
  const terms: Term[] = [];
  unsearched.forEach(({ kind, name }) => {
    const term = kind === "host" ? hostTerm(name) : senderTerm(`any@${name}`, knowledge.domains);
    if (term !== undefined && !search.asked[term.key] && terms.length < room) terms.push(term);
  });
  return terms.length > 0 ? terms : chooseFrequent(search, strong, knowledge.domains).slice(0, room);
}

/**
 * Hosts, subjects and sender domains that come most often in what surely belongs, and were not searched for yet.
 */
function chooseFrequent(search: CampaignSearch, strong: number, domains: DomainKnowledge): Term[] {
  const ranks = {
    host: createRank(leastPart.host),
    subject: createRank(leastPart.subject),
    sender: createRank(leastPart.sender),
  };
  const isAnySure = search.sightings.all.some(({ likeness }) => likeness.score >= strong);
  search.sightings.all.forEach((sighting) => {
    const { likeness, subject, sender, senderIp } = sighting;
    const belief = likeness.score >= strong ? 1 : likeness.score >= weakFrom ? ofLikely : 0;
    ranks.host.add(senderIp, belief, () => hostTerm(senderIp));
    ranks.subject.add(traitsOf(sighting).subject.key, belief, () => subjectTerm(subject));
    ranks.sender.add(traitsOf(sighting).domain, belief, () => senderTerm(sender.toLowerCase(), domains));
  });
  const { host, subject, sender } = ranks;
  return (
    host
      // Where nothing is sure, more of a likely host's mail may make it so; a sender or subject would only find more of the like.
      .first(mostOfKind.host, isAnySure, search)
      .concat(sender.first(mostOfKind.sender, true, search), subject.first(mostOfKind.subject, true, search))
  );
}

interface Rank {
  /** Counts a message of that name, by how surely it belongs: 0 to 1. */
  add(name: string, belief: number, read: () => Term | undefined): void;
  /** The foremost that were not asked for; with `isSure` only such as something sure has. */
  first(most: number, isSure: boolean, search: CampaignSearch): Term[];
}

interface Entry {
  read: () => Term | undefined;
  /** The surest there is. */
  surest: number;
  likely: number;
  belief: number;
  all: number;
}

function createRank(least: number): Rank {
  const entries: Record<string, Entry> = {};
  return {
    add(name, belief, read) {
      const key = `_${name}`;
      const entry = entries[key] ?? { read, surest: 0, likely: 0, belief: 0, all: 0 };
      entries[key] = entry;
      // The surest spells the term: others may be written otherwise.
      if (belief > entry.surest) [entry.surest, entry.read] = [belief, read];
      if (belief > 0) entry.likely++;
      entry.belief += belief;
      entry.all++;
    },
    first(most, isSure, search) {
      const terms: Term[] = [];
      Object.keys(entries)
        .map((key) => entries[key] as Entry)
        .filter(({ surest, likely, all }) => surest >= (isSure ? 1 : ofLikely) && likely >= least * all)
        .sort((one, other) => other.belief - one.belief)
        .forEach(({ read }) => {
          if (terms.length === most) return;
          const term = read();
          if (term === undefined || search.asked[term.key]) return;
          if (!terms.some((other) => other.key === term.key)) terms.push(term);
        });
      return terms;
    },
  };
}
