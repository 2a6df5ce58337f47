import type { DomainFacts } from "../../../core/name-facts.ts";
import { recognise, type Steps } from "../../../core/steps.ts";
import { domainOf } from "../../address-domain.ts";
import { firstOfEach } from "../../each-once.ts";
import type { Seed } from "../seed.ts";
import { type Sighting, traitsOf } from "../sightings.ts";
import { parentsOf } from "../traits/shared-sites.ts";
import type { Knowledge } from "./knowledge.ts";

/** Learns of names what is not known yet. */
export function* recogniseDomains(names: readonly string[], facts: Record<string, DomainFacts>): Steps<void> {
  const unknown = firstOfEach(names, (name) => name).filter((name) => name !== "" && facts[name] === undefined);
  if (unknown.length === 0) return;
  (yield* recognise(unknown)).forEach(({ domain }, index) => {
    if (domain) facts[unknown[index] as string] = domain;
  });
}

/** Hosts of links that are looked at. */
const mostHosts = 50;

/** Domains that the seeds name, those they link to, and those above them. */
export function domainsOfSeeds(seeds: readonly Seed[]): string[] {
  let names: string[] = [];
  seeds.forEach((seed) => {
    const senders = [seed.envelopeSender, seed.returnPath].concat(seed.headerSenders);
    names = names.concat(senders.map(domainOf), seed.hosts.slice(0, mostHosts));
  });
  return withParents(names);
}

/** Domains of what surely belongs, or seems to be the campaign's own, and those above them. */
export function domainsToLearnOf(all: readonly Sighting[], { own }: Knowledge, strong: number): string[] {
  const domains = own.unsearched.filter(({ kind }) => kind === "domain").map(({ name }) => name);
  all.forEach((sighting) => {
    if (sighting.likeness.score >= strong) domains.push(traitsOf(sighting).domain);
  });
  return withParents(domains);
}

/** Each with those above it. */
function withParents(domains: readonly string[]): string[] {
  const names: string[] = [];
  firstOfEach(domains, (domain) => domain).forEach((domain) => {
    parentsOf(domain).forEach((name) => {
      names.push(name);
    });
  });
  return names;
}
