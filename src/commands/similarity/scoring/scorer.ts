import { weakFrom } from "../campaign.ts";
import type { Likeness } from "../sightings.ts";
import { areDomainsAlike } from "../traits/domain-likeness.ts";
import { isWithin } from "../traits/shared-sites.ts";
import { compareSubjects, type SubjectShape } from "../traits/subject-shape.ts";
import { domainFactKey, type Trait, type TraitKind, type Traits } from "../traits/traits.ts";
import { alikeFrom, subjectPoints, weights } from "../weights.ts";
import { isReportedOne, type Knowledge } from "./knowledge.ts";

interface Evidence {
  points: number;
  says: string;
}

const day = 86_400_000;

/** Evidence below this is counted and not told. */
const leastTold = 2;

/** Judges messages by what is known at the time; what is learnt later does not count. */
export function createJudge(knowledge: Knowledge): (traits: Traits) => Likeness {
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
    const model = isWithin(domain, knowledge.domains.ownDomains)
      ? undefined
      : knowledge.senderDomains.filter((other) => areDomainsAlike(domain, other))[0];
    const evidence =
      model === undefined
        ? undefined
        : { points: weights.senderAlike, says: `sender domain ${domain} looks like ${model}` };
    alike[key] = evidence ?? null;
    return evidence;
  }

  return (traits) => {
    const best: { [kind in TraitKind]?: Evidence } = {};
    traits.facts.forEach((fact) => {
      const share = knowledge.shares[fact.key];
      if (share === undefined || isOwnSite(fact, traits, knowledge)) return;
      const points = fact.points * share;
      if (points > (best[fact.kind]?.points ?? 0)) best[fact.kind] = { points, says: fact.says };
    });
    if (best.message !== undefined && !isReportedOne(traits, knowledge)) {
      best.message = { points: weights.messageIdAlone, says: "same Message-ID, but another sender" };
    }
    const looks = judgeDomain(traits.domain);
    if (looks !== undefined && looks.points > (best.habit?.points ?? 0)) best.habit = looks;
    return conclude(best, judgeSubject(traits.subject), traits, knowledge);
  };
}

/** A link of an honest message to its sender's own site, as a phish that imitates it has too. */
function isOwnSite(fact: Trait, { domain }: Traits, { shares }: Knowledge): boolean {
  if (fact.host === undefined || domain === "" || shares[domainFactKey(domain)] !== undefined) return false;
  return isWithin(fact.host, [domain]) || isWithin(domain, [fact.host.replace(/^www\./, "")]);
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
  best: { [kind in TraitKind]?: Evidence },
  subject: Evidence | undefined,
  traits: Traits,
  knowledge: Knowledge,
): Likeness {
  const { source, habit, host } = best;
  const own = judgeOwn(traits, knowledge);
  const wording = own && judgeWording(traits, knowledge);
  const words = wording && wording.points > (subject?.points ?? 0) ? wording : subject;
  const evidence = ([best.message, best.file, best.link, best.reply, best.fileName, best.rule, words] as const).filter(
    (one): one is Evidence => one !== undefined,
  );
  // Two ways to read sender and host, of which the better counts: as one organisation, or as one hand behind many names.
  const hostShare = (host?.points ?? 0) * weights.hostBesideSender;
  const isOne = (source?.points ?? 0) + hostShare >= (habit?.points ?? 0) + (host?.points ?? 0);
  const whose = isOne ? source : habit;
  if (own && own.points >= (whose?.points ?? 0) + (isOne && source ? hostShare : (host?.points ?? 0))) {
    evidence.push(own);
  } else {
    if (whose) evidence.push(whose);
    if (host) evidence.push(isOne && source ? { ...host, points: hostShare } : host);
  }
  if (evidence.length > 0) addCircumstances(evidence, traits, knowledge);
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

function judgeOwn({ facts, host, domain }: Traits, { own }: Knowledge): Evidence | undefined {
  const isOwnHost = own.hosts[host] === true;
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

function addCircumstances(evidence: Evidence[], { time, sizeBytes }: Traits, { times, sizes }: Knowledge): void {
  const apart = times.reduce((least, other) => Math.min(least, Math.abs(other - time)), Number.POSITIVE_INFINITY);
  if (apart <= day) evidence.push({ points: weights.sameDay, says: "within a day" });
  else if (apart <= 3 * day) evidence.push({ points: weights.sameDays, says: "within three days" });
  const isSized = sizeBytes !== null && sizes.some((size) => Math.abs(size - sizeBytes) <= size / 10);
  if (isSized) evidence.push({ points: weights.size, says: "about the same size" });
}
