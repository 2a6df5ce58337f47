import { readIp } from "../../../../core/ip-address.ts";
import type { NameFacts } from "../../../../core/name-facts.ts";
import { readDomainName } from "./domain-name.ts";
import { mailProviders } from "./mail-providers.ts";
import { isPublicSuffix } from "./public-suffixes.ts";

/**
 * Tells of a name whether it is an IP address, a network or a domain, and whose. Public suffixes and mail providers are
 * the commonest only: the whole lists are larger than what XSOAR is to load for every command.
 */
export function recogniseName(name: string): NameFacts {
  const ip = readIp(name);
  if (ip !== undefined) return { ip };
  const domain = readDomainName(name);
  if (domain === undefined) return {};
  const { ascii, unicode } = domain;
  const facts = {
    ascii,
    unicode,
    isPublicSuffix: isPublicSuffix(ascii),
    isMailProvider: mailProviders[ascii] === true,
  };
  return { domain: facts };
}
