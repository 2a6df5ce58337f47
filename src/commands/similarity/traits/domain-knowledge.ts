import type { DomainFacts } from "../../../core/name-facts.ts";
import { isCommonHost, isWithin } from "./shared-sites.ts";

/** Whose a domain is. */
export interface DomainKnowledge {
  /** The site's own, lower case and ASCII. */
  ownDomains: readonly string[];
  /** What the host knows of domains, by name; of others nothing is known. */
  facts?: Readonly<Record<string, DomainFacts>>;
}

/** Whether a domain belongs to one party, and not to the site itself. */
export function isTelling(domain: string, domains: DomainKnowledge): boolean {
  return (
    !isWithin(domain, domains.ownDomains) && !isAnybodys(domain, domains) && !domains.facts?.[domain]?.isPublicSuffix
  );
}

/** Whether strangers to each other send under a domain, and through the same hosts: a mail provider's or a mass mailer's. */
export function isAnybodys(domain: string, { facts }: DomainKnowledge): boolean {
  return isCommonHost(domain) || facts?.[domain]?.isMailProvider === true;
}
