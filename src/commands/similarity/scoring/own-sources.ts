import { type Sighting, traitsOf } from "../sightings.ts";
import { isTelling } from "../traits/domain-knowledge.ts";
import { compareSubjects, type SubjectShape } from "../traits/subject-shape.ts";
import { domainFactKey, hostFactKey, type Traits } from "../traits/traits.ts";
import { type Knowledge, noSources, type OwnSources, type SourceName, type SourceNames } from "./knowledge.ts";

/** Messages a host or domain must have sent before they say whose it is. */
const leastMessages = 3;

/** Part of what a domain, and a host, sent that has to be alike. Rented hosts have more than one customer. */
const leastOfDomain = 0.6;
const leastOfHost = 0.5;

/** Part of its mail by which a domain and a host are tied to each other. */
const leastTie = 0.1;

/** Share of words from which a subject speaks of the same, where its source decides and not the words. */
const sameTalk = 0.3;

/** Wordings of a campaign that are told apart. */
const mostWordings = 40;

/** From host to domain and back, so often. */
const mostTurns = 6;

interface Source extends SourceName {
  members: Sighting[];
  /** By the names of sources of the other kind, the number of messages they share. */
  partners: Record<string, number>;
}

/**
 * Tells which hosts and sender domains are the campaign's own: they are tied to what was reported, by a
 * chain of mail that one sent through the other, and most of what they sent is alike in subject, attachment or link. An
 * honest supplier who writes the same words has no such tie; a mailer of thousands, or a mailbox that was taken over,
 * sends too much else. What was not searched for as a whole is not judged, and told of where it seems to be one of them.
 */
export function findOwnSources(
  all: readonly Sighting[],
  known: Knowledge,
  isSearched: (kind: SourceName["kind"], name: string) => boolean,
): OwnSources {
  const own = noSources();
  const sources = readSources(all).filter(
    ({ kind, name, members }) => members.length >= leastMessages && (kind === "host" || isTelling(name, known.domains)),
  );
  const wordings = known.subjects.filter(({ share }) => share === 1).map(({ shape }) => shape);
  let unsearched: Source[] = [];
  for (let turn = 0; turn < mostTurns; turn++) {
    const isAlike = createComparison(known, wordings);
    const fit = sources.filter((source) => !isIn(own, source) && isOwn(source, own, known, isAlike));
    const more = fit.filter(({ kind, name }) => isSearched(kind, name));
    unsearched = fit.filter(({ kind, name }) => !isSearched(kind, name));
    more.forEach((source) => {
      namesOf(own, source.kind)[source.name] = true;
    });
    if (more.length === 0) break;
    addWordings(sources, own, isAlike, wordings);
  }
  const said: Record<string, true> = {};
  wordings.forEach(({ key }) => {
    said[`_${key}`] = true;
  });
  unsearched.sort((one, other) => other.members.length - one.members.length);
  return { ...own, wordings: said, unsearched: unsearched.map(({ kind, name }) => ({ kind, name })) };
}

function namesOf({ hosts, domains }: SourceNames, kind: SourceName["kind"]): Record<string, true> {
  return kind === "host" ? hosts : domains;
}

function isIn(own: SourceNames, { kind, name }: SourceName): boolean {
  return namesOf(own, kind)[name] === true;
}

function factKeyOf({ kind, name }: SourceName): string {
  return kind === "host" ? hostFactKey(name) : domainFactKey(name);
}

function readSources(all: readonly Sighting[]): Source[] {
  const byKey: Record<string, Source> = {};
  const sources: Source[] = [];
  function add(source: SourceName, partner: string, member: Sighting): void {
    const key = factKeyOf(source);
    let known = byKey[key];
    if (known === undefined) {
      known = { ...source, members: [], partners: Object.create(null) as Source["partners"] };
      byKey[key] = known;
      sources.push(known);
    }
    known.members.push(member);
    if (partner !== "") known.partners[partner] = (known.partners[partner] ?? 0) + 1;
  }
  all.forEach((sighting) => {
    const { domain, host } = traitsOf(sighting);
    if (host !== "") add({ kind: "host", name: host }, domain, sighting);
    if (domain !== "") add({ kind: "domain", name: domain }, host, sighting);
  });
  return sources;
}

function isOwn(source: Source, own: SourceNames, known: Knowledge, isAlike: (traits: Traits) => boolean): boolean {
  const { kind, members, partners } = source;
  const others = namesOf(own, kind === "host" ? "domain" : "host");
  let tied = 0;
  Object.keys(partners).forEach((partner) => {
    if (others[partner]) tied += partners[partner] as number;
  });
  const isTied = known.shares[factKeyOf(source)] === 1 || (tied >= 2 && tied >= leastTie * members.length);
  if (!isTied) return false;
  const alike = members.filter((member) => {
    const traits = traitsOf(member);
    return isAlike(traits) || (kind === "host" && own.domains[traits.domain]);
  });
  const least = kind === "host" ? leastOfHost : leastOfDomain;
  return alike.length >= leastMessages && alike.length >= least * members.length;
}

/** Whether a message is alike in what it says, whoever sent it. */
function createComparison(known: Knowledge, wordings: readonly SubjectShape[]): (traits: Traits) => boolean {
  const judged: Record<string, boolean> = {};
  return ({ subject, facts }) => {
    const key = `_${subject.key}`;
    judged[key] =
      judged[key] ??
      wordings.some((wording) => wording.key === subject.key || compareSubjects(wording, subject).share >= sameTalk);
    return (
      (judged[key] as boolean) ||
      facts.some(({ kind, key }) => (kind === "link" || kind === "file" || kind === "fileName") && known.shares[key])
    );
  };
}

/**
 * What own domains write more than once is another wording of the same: where it speaks of the same, or where several of
 * them write it. One domain alone may be an honest one after all, which was reported by mistake.
 */
function addWordings(
  sources: readonly Source[],
  own: SourceNames,
  isAlike: (traits: Traits) => boolean,
  wordings: SubjectShape[],
): void {
  const counts: Record<string, number> = {};
  const writers: Record<string, string> = {};
  const added: Record<string, true> = {};
  wordings.forEach(({ key }) => {
    added[`_${key}`] = true;
  });
  sources.forEach((source) => {
    if (source.kind === "host" || !isIn(own, source)) return;
    source.members.forEach((member) => {
      const traits = traitsOf(member);
      const { subject } = traits;
      const key = `_${subject.key}`;
      counts[key] = (counts[key] ?? 0) + 1;
      writers[key] = writers[key] ?? source.name;
      if (added[key] || (counts[key] as number) < 2 || subject.weight === 0 || wordings.length >= mostWordings) return;
      if (writers[key] === source.name && !isAlike(traits)) return;
      added[key] = true;
      wordings.push(subject);
    });
  });
}
