import type { DomainFacts } from "../../core/name-facts.ts";
import type { Steps } from "../../core/steps.ts";
import { isSameFolder, spellFolders } from "../site-folders.ts";
import { type Campaign, type CampaignOrder, strongFrom, weakFrom } from "./campaign.ts";
import { conclude } from "./conclusion.ts";
import { domainsOfSeeds, domainsToLearnOf, recogniseDomains } from "./scoring/domain-facts.ts";
import { type Knowledge, knowSeeds } from "./scoring/knowledge.ts";
import { learnFrom } from "./scoring/learning.ts";
import { findOwnSources } from "./scoring/own-sources.ts";
import { createJudge } from "./scoring/scorer.ts";
import { locateHeld } from "./search/held-location.ts";
import { inspectUncertain } from "./search/inspection.ts";
import { tell } from "./search/search-budget.ts";
import { domainKey, hostKey, messageIdKey, type Term, termsOfSeeds } from "./search/search-terms.ts";
import { filesOfSeeds } from "./search/seed-files.ts";
import { chooseNewTerms } from "./search/snowball.ts";
import {
  type CampaignSearch,
  mostOfShared,
  noteCut,
  searchFoldersFor,
  searchTraceFor,
  searchTraceOnward,
} from "./search/term-search.ts";
import type { Seed } from "./seed.ts";
import { createSightings, type Sighting, traitsOf } from "./sightings.ts";

/** Requests a search for a campaign may cost: some minutes of a busy gateway. */
const mostRequests = 400;

/** Rounds of searching for what was found: two, and more as long as more hosts and domains seem to be its own. */
const leastRounds = 2;
const mostRounds = 7;

/** Messages opened before what was learnt of them is taken into account. */
const mostAtOnce = 8;

/** Searches for the records of what only may belong, which is left unless it is asked for. */
const mostWeakLookUps = 12;

/** Of the seeds' terms, those looked for in every folder there is. */
const mostWideTerms = 2;

/**
 * Finds what belongs to the same campaign as the seeds, in quarantine and trace, best first: by what the seeds show, then
 * by what surely belongs to them. Goes on without a trace and without folders that fail, and notes it. Throws PpsError
 * where quarantine cannot be read.
 */
export function* findCampaign(seeds: readonly Seed[], order: CampaignOrder): Steps<Campaign> {
  const search = startSearch(seeds, order);
  const facts: Record<string, DomainFacts> = {};
  const domains = { ownDomains: order.context.ownDomains, facts };
  yield* recogniseDomains(domainsOfSeeds(seeds), facts);
  const strong = Math.max(order.threshold, strongFrom);
  const { messageIds = [], traced = [] } = order.records ?? {};
  search.sightings.addTraced(traced);
  const lookedUp = messageIds.map(messageIdKey);
  const terms = termsOfSeeds(seeds, domains).filter(({ key }) => lookedUp.indexOf(key) < 0);
  let knowledge = knowSeeds(seeds, domains);
  const judge = (known: Knowledge) => judgeAgain(search.sightings.all, known, order.threshold);

  // Quarantine alone shows only the bad mail of a host or domain, and a search that broke off some of it.
  const isSearched = (kind: "domain" | "host", name: string) => {
    const key = kind === "host" ? hostKey(name) : domainKey(name);
    return search.hasTrace && search.asked[key] === true && search.broken[key] === undefined;
  };

  function* judgeAll(): Steps<void> {
    judge(knowledge);
    // What is found by what was learnt may teach more, but from further off each time.
    for (let turn = 0; turn < 2; turn++) {
      yield* recogniseDomains(domainsToLearnOf(search.sightings.all, knowledge, strong), facts);
      const known = knowSeeds(seeds, domains);
      known.own = findOwnSources(search.sightings.all, known, isSearched);
      knowledge = learnFrom(search.sightings.all, known, strong);
      judge(knowledge);
    }
  }

  yield* searchSeeds(terms, search, () => judge(knowledge));
  yield* judgeAll();
  let added = 0;
  for (let round = 1; round <= mostRounds; round++) {
    const more = chooseNewTerms(search, strong, knowledge, added);
    if (more.length === 0) break;
    added += more.length;
    noteAsked(more, search);
    yield* searchTraceOnward(more, search);
    // The trace tells where each message lies; without it the folders have to be asked.
    if (!search.hasTrace) yield* searchFoldersFor(more, busyFolders(search), search);
    yield* judgeAll();
    if (round >= leastRounds && knowledge.own.unsearched.length === 0) break;
  }
  yield* locateHeld(search, order.threshold);
  const missed = yield* locateHeld(search, weakFrom, mostWeakLookUps);
  yield* judgeAll();
  for (let left = order.inspect; left > 0; ) {
    const opened = yield* inspectUncertain(search, Math.min(left, mostAtOnce), order.threshold);
    if (opened === 0) break;
    left -= opened;
    yield* judgeAll();
  }
  // What has become likely by what was opened can only be acted on by its record.
  yield* locateHeld(search, order.threshold);
  if (missed > 0) noteMissed(missed, search);
  const unsearched = knowledge.own.unsearched.length;
  if (unsearched > 0 && search.hasTrace) {
    search.budget.truncated = true;
    const sources = unsearched === 1 ? "1 more host or domain" : `${unsearched} more hosts and domains`;
    tell(search.budget, `The search went no further, although ${sources} may be the campaign's own.`);
  }
  judge(knowledge);
  Object.keys(knowledge.own.hosts).forEach((host) => {
    const cut = search.cut[hostKey(host)];
    if (cut) noteCut(cut, mostOfShared, search);
  });
  return conclude(search, order.threshold);
}

function startSearch(
  seeds: readonly Seed[],
  { context, since, until, folders, areFoldersNamed }: CampaignOrder,
): CampaignSearch {
  return {
    context,
    since,
    until,
    folders: folders.slice(),
    areFoldersNamed,
    sightings: createSightings(),
    files: filesOfSeeds(seeds),
    budget: { requests: 0, mostRequests, truncated: false, failed: false, notes: [] },
    hasTrace: true,
    asked: {},
    cut: {},
    broken: {},
    seen: { largest: 0 },
  };
}

/** The trace first: it names the folders in which anything lies. */
function* searchSeeds(terms: readonly Term[], search: CampaignSearch, judge: () => void): Steps<void> {
  noteAsked(terms, search);
  yield* searchTraceFor(terms, search);
  const searchable = terms.filter(({ quarantine }) => quarantine !== undefined);
  yield* searchFoldersFor(searchable.slice(0, mostWideTerms), search.folders, search);
  judge();
  yield* searchFoldersFor(searchable.slice(mostWideTerms), busyFolders(search), search);
}

function noteMissed(missed: number, { budget }: CampaignSearch): void {
  const messages = missed === 1 ? "1 message that matches" : `${missed} messages that match`;
  tell(
    budget,
    `Where ${messages} only weakly lie${missed === 1 ? "s" : ""} in quarantine was not looked for any more.`,
  );
}

function noteAsked(terms: readonly Term[], search: CampaignSearch): void {
  terms.forEach(({ key }) => {
    search.asked[key] = true;
  });
}

/** The folders in which alike messages lie or, by the trace, were put. */
function busyFolders({ sightings, folders, areFoldersNamed, context }: CampaignSearch): string[] {
  const names: string[] = [];
  sightings.all.forEach((sighting) => {
    if (sighting.likeness.score < weakFrom) return;
    sighting.copies.forEach(({ folder }) => {
      names.push(folder);
    });
    sighting.folders.forEach((folder) => {
      names.push(folder);
    });
  });
  const busy = spellFolders(context.folders, names);
  return areFoldersNamed ? busy.filter((name) => folders.some((named) => isSameFolder(named, name))) : busy;
}

function judgeAgain(all: readonly Sighting[], knowledge: Knowledge, threshold: number): void {
  const judgeTraits = createJudge(knowledge, threshold);
  all.forEach((sighting) => {
    sighting.likeness = judgeTraits(traitsOf(sighting));
  });
}
