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
export function isTelling(domain: string, { ownDomains, facts }: DomainKnowledge): boolean {
  if (isWithin(domain, ownDomains) || isCommonHost(domain)) return false;
  const known = facts?.[domain];
  return !known?.isMailProvider && !known?.isPublicSuffix;
}
