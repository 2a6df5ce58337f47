import { strongFrom, weakFrom } from "../campaign.ts";
import type { Likeness } from "../sightings.ts";
import { isAnybodys } from "../traits/domain-knowledge.ts";
import { areDomainsAlike, areDomainsNumbered } from "../traits/domain-likeness.ts";
import { areOfOneParty } from "../traits/same-organisation.ts";
import { isWithin } from "../traits/shared-sites.ts";
import { compareSubjects, type SubjectShape } from "../traits/subject-shape.ts";
import { domainFactKey, hostFactKey, type Trait, type TraitKind, type Traits } from "../traits/traits.ts";
import { alikeFrom, subjectPoints, weights } from "../weights.ts";
import { isAnybodysHost, isReportedOne, type Knowledge } from "./knowledge.ts";

interface Evidence {
  points: number;
  says: string;
  /** An imitator has it for nothing, so that it counts within the bound on what is copied. */
  isCopied?: boolean;
}

type Judgement = Omit<Likeness, "isTied">;

type Best = { [kind in TraitKind]?: Evidence };

/** One way to understand what a message shares. */
interface Reading {
  best: Best;
  /** Why what is copied proves no more; without it, it counts as anything else. */
  doubt?: string;
}

const day = 86_400_000;

/** Evidence below this is counted and not told. */
const leastTold = 2;

/** A host learnt of counts from this share on as the campaign's: one of thousands of customers counts less. */
const leastOfHost = 0.5;

/**
 * Judges messages by what is known at the time; what is learnt later does not count. `threshold` is what makes a message
 * strong: what is copied alone never reaches it.
 */
export function createJudge(knowledge: Knowledge, threshold: number = strongFrom): (traits: Traits) => Likeness {
  const mostCopied = Math.min(weights.copied, threshold - 1);
  const judged: Record<string, Evidence | null> = {};
  const alike: Record<string, Evidence | null> = {};

  /** Subjects of a campaign come in few shapes. */
  function judgeSubject(shape: SubjectShape): Evidence | undefined {
    const key = `_${shape.key}`;
    const known = judged[key];
    if (known !== undefined) return known ?? undefined;
    const best = compareWithKnown(knowledge, shape);
    judged[key] = best ?? null;
    return best;
  }

  function judgeDomain(domain: string): Evidence | undefined {
    const key = `_${domain}`;
    const known = alike[key];
    if (known !== undefined) return known ?? undefined;
    const evidence = compareDomain(domain, knowledge);
    alike[key] = evidence ?? null;
    return evidence;
  }

  return (traits) => {
    const subject = judgeSubject(traits.subject);
    const looks = judgeDomain(traits.domain);
    const isTied = isOfCampaign(traits, knowledge);
    const readings = readShared(traits, knowledge, looks, isTied);
    const [first, ...others] = readings.map((reading) => conclude(reading, subject, traits, knowledge, mostCopied));
    // One of XSOAR's engines reduces no list of one without a value to begin with.
    const judgement = others.reduce((best, other) => (other.score > best.score ? other : best), first as Judgement);
    return { ...judgement, isTied };
  };
}

/**
 * The domain of what was reported that this one looks most like. Who imitates a partner has the partner's look like his own,
 * so that it proves no more than what is copied does.
 */
function compareDomain(domain: string, { domains, senderDomains }: Knowledge): Evidence | undefined {
  if (isWithin(domain, domains.ownDomains)) return undefined;
  const models = senderDomains.filter((other) => areDomainsAlike(domain, other));
  const [lettered] = models.filter((other) => !areDomainsNumbered(domain, other));
  if (lettered !== undefined) {
    return { points: weights.senderAlike, says: `sender domain ${domain} looks like ${lettered}`, isCopied: true };
  }
  const [numbered] = models;
  if (numbered === undefined) return undefined;
  const says = `sender domain ${domain} is ${numbered} with another number`;
  return { points: weights.senderNumbered, says, isCopied: true };
}

/** Whether PPS recorded that the campaign's sender sent it, or a host that is its own or serves few. */
function isOfCampaign(traits: Traits, knowledge: Knowledge): boolean {
  const { shares, domains } = knowledge;
  if (traits.facts.some(({ kind, key }) => kind === "source" && shares[key] !== undefined)) return true;
  if (isReportedOne(traits, knowledge) || judgeOwn(traits, knowledge) !== undefined) return true;
  const { host, domain } = traits;
  return host !== "" && (shares[hostFactKey(host)] ?? 0) >= leastOfHost && !isAnybodys(domain, domains);
}

/**
 * By what PPS records alone; with what the header says of the sender; and, where only a file says who sent what was reported,
 * by what it says. Of the last two, what an imitator copies is bounded.
 */
function readShared(traits: Traits, knowledge: Knowledge, looks: Evidence | undefined, isTied: boolean): Reading[] {
  const { header, ...best } = weigh(traits, knowledge, knowledge.shares);
  if (best.message !== undefined && !isReportedOne(traits, knowledge)) {
    best.message = { points: weights.messageIdAlone, says: "same Message-ID, but another sender", isCopied: true };
  }
  const { habit } = best;
  if (looks !== undefined && looks.points > (habit?.points ?? 0)) best.habit = looks;
  const readings: Reading[] = [isTied ? { best } : { best, doubt: "but all of this is easily copied" }];
  if (header !== undefined) {
    const { habit: _, source: __, ...others } = best;
    const doubt = "but a header and a subject are easily copied";
    readings.push({ best: { ...others, header: { ...header, isCopied: true } }, doubt });
  }
  const claims = weigh(traits, knowledge, knowledge.claims);
  if (Object.keys(claims).length > 0) readings.push(readClaims(best, claims));
  return readings;
}

function readClaims(best: Best, { header, ...claims }: Best): Reading {
  const sender = claims.source ?? header;
  const claimed: Best = { ...best, ...claims, ...(sender === undefined ? {} : { source: sender }) };
  const kinds = Object.keys(claimed) as TraitKind[];
  kinds.forEach((kind) => {
    const evidence = claimed[kind];
    if (evidence && kind !== "file" && kind !== "link") claimed[kind] = { ...evidence, isCopied: true };
  });
  return { best: claimed, doubt: "but who sent what was reported is only what a file claims" };
}

/** The weightiest fact of each kind that a message shares. */
function weigh(traits: Traits, knowledge: Knowledge, shares: Record<string, number>): Best {
  const best: Best = {};
  // The pictures in all mail of a company say nothing beside its address.
  const isSenderShared = traits.facts.some(({ kind, key }) => kind === "source" && shares[key] !== undefined);
  traits.facts.forEach((fact) => {
    const share = shares[fact.key];
    if (share === undefined || isAtHome(fact, traits, knowledge) || isAnybodysHost(fact, traits, knowledge)) return;
    if (isSenderShared && fact.kind === "file" && fact.isCopyable) return;
    const { says, isCopyable = false } = fact;
    const points = fact.points * share;
    if (points > (best[fact.kind]?.points ?? 0)) best[fact.kind] = { points, says, isCopied: isCopyable };
  });
  return best;
}

/**
 * What an honest message says of its own sender, and a phish that imitates it copies: the header address of whom it really
 * comes from, a link to his site, or his address for answers, also where a mailer sends for him. Where what was reported
 * really comes from there, it counts, but for what all of his mail shows beside the sender: he may have been taken over.
 */
function isAtHome(fact: Trait, { domain, headerDomains }: Traits, { homes, own, domains }: Knowledge): boolean {
  const { kind, home, isCopyable } = fact;
  if (home === undefined || domain === "") return false;
  const names = kind === "header" ? [domain] : headerDomains.concat(domain);
  if (!names.some((name) => areOfOneParty(home, name, domains))) return false;
  if (!homes.some((other) => areOfOneParty(other, domain, domains))) return true;
  return isCopyable === true && !own.domains[domain];
}

function compareWithKnown({ subjects, subjectShares }: Knowledge, shape: SubjectShape): Evidence | undefined {
  const same = subjectShares[`_${shape.key}`];
  let best: Evidence | undefined;
  if (same !== undefined) best = { points: subjectPoints(shape.weight) * same, says: `same subject: ${shape.key}` };
  subjects.forEach((known) => {
    const { share, weight } = compareSubjects(known.shape, shape);
    if (share < alikeFrom) return;
    const points = subjectPoints(weight) * share * weights.subjectAlike * known.share;
    if (best === undefined || points > best.points) best = { points, says: `subject alike: ${known.shape.key}` };
  });
  return best;
}

function conclude(
  { best, doubt }: Reading,
  subject: Evidence | undefined,
  traits: Traits,
  knowledge: Knowledge,
  mostCopied: number,
): Judgement {
  const { source, header, habit, host } = best;
  const own = judgeOwn(traits, knowledge);
  const wording = own && judgeWording(traits, knowledge);
  const words = wording && wording.points > (subject?.points ?? 0) ? wording : subject;
  const evidence = [best.message, best.file, best.link, best.reply, best.fileName]
    .concat([best.rule, words].map((one) => one && asCopied(one)))
    .filter(isEvidence);
  // Two ways to read sender and host, of which the better counts: as one organisation, whose mail comes from there anyway,
  // or as one hand behind many names.
  const hand = [header ?? habit, host].filter(isEvidence);
  const whose = source !== undefined && source.points >= sumOf(hand) ? [source] : hand;
  (own !== undefined && own.points >= sumOf(whose) ? [own] : whose).forEach((one) => {
    evidence.push(one);
  });
  if (evidence.length > 0) {
    judgeCircumstances(traits, knowledge).forEach((one) => {
      evidence.push(asCopied(one));
    });
  }
  const excess = sumOf(evidence.filter(({ isCopied }) => isCopied)) - mostCopied;
  if (doubt !== undefined && excess > 0) evidence.push({ points: -excess, says: doubt });
  const isInside = isWithin(traits.domain, knowledge.domains.ownDomains) && !knowledge.isFromInside;
  const isItself = isReportedOne(traits, knowledge);
  if (evidence.length > 0 && isInside && !isItself) {
    evidence.push({ points: weights.fromOwnDomain, says: "but sent from the organisation's own domain" });
  }
  if (evidence.length > 0 && traits.isBounce && !knowledge.isBounce && !isItself) {
    evidence.push({ points: weights.bounce, says: "but a bounce" });
  }
  const isProven = knowledge.provenMailings[traits.mailing] === true;
  if (isProven && sumOf(evidence) >= weakFrom) {
    evidence.push({ points: weights.sample, says: "those opened of this subject and network all belong" });
  }
  return {
    score: Math.max(0, Math.min(100, Math.round(sumOf(evidence)))),
    reasons: evidence
      .filter(({ points }) => Math.abs(points) >= leastTold)
      .sort((one, other) => other.points - one.points)
      .map(({ says }) => says),
  };
}

function asCopied(one: Evidence): Evidence {
  return { ...one, isCopied: true };
}

function isEvidence(one: Evidence | undefined): one is Evidence {
  return one !== undefined;
}

function judgeOwn({ facts, host, domain }: Traits, { own, domains }: Knowledge): Evidence | undefined {
  const isOwnHost = own.hosts[host] === true && !isAnybodys(domain, domains);
  // A sender without a local part is no address, and shows no domain.
  const isOwnDomain = own.domains[domain] === true && facts.some(({ key }) => key === domainFactKey(domain));
  if (isOwnHost && isOwnDomain) {
    return { points: weights.ownBoth, says: `sent by the campaign's own domain ${domain} and host ${host}` };
  }
  if (isOwnDomain) return { points: weights.ownDomain, says: `sent by the campaign's own domain ${domain}` };
  return isOwnHost ? { points: weights.ownHost, says: `sent by the campaign's own host ${host}` } : undefined;
}

/** Honest mail may be worded alike: it says something only beside the source. */
function judgeWording({ subject }: Traits, { own }: Knowledge): Evidence | undefined {
  if (!own.wordings[`_${subject.key}`]) return undefined;
  return { points: subjectPoints(subject.weight), says: `worded as its own domains do: ${subject.key}` };
}

function sumOf(evidence: readonly Evidence[]): number {
  return evidence.reduce((total, { points }) => total + points, 0);
}

function judgeCircumstances({ time, sizeBytes }: Traits, { times, sizes }: Knowledge): Evidence[] {
  const evidence: Evidence[] = [];
  const apart = times.reduce((least, other) => Math.min(least, Math.abs(other - time)), Number.POSITIVE_INFINITY);
  if (apart <= day) evidence.push({ points: weights.sameDay, says: "within a day" });
  else if (apart <= 3 * day) evidence.push({ points: weights.sameDays, says: "within three days" });
  const isSized = sizeBytes !== null && sizes.some((size) => Math.abs(size - sizeBytes) <= size / 10);
  if (isSized) evidence.push({ points: weights.size, says: "about the same size" });
  return evidence;
}
