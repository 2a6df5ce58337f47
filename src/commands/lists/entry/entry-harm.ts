import type { DomainFacts, IpFacts } from "../../../core/name-facts.ts";
import type { ListName } from "../list-name.ts";
import type { Entry } from "./entry.ts";
import type { Harm } from "./harm.ts";
import { holdsAllOfIpv4, isInternal } from "./internal-network.ts";
import { findOwnDomain } from "./own-domain.ts";

/** Wider networks belong to many strangers. */
const widest = { 4: 16, 6: 32 } as const;

/** What an entry on the list would do that nobody wants; undefined where it is harmless. */
export function findEntryHarm(entry: Entry, list: ListName, ownDomains: readonly string[]): Harm | undefined {
  if (entry.ip !== undefined) return findIpHarm(entry.ip, list);
  if (entry.domain === undefined) return undefined;
  return findOwnHarm(entry, entry.domain, list, ownDomains) ?? findDomainHarm(entry, entry.domain);
}

function findIpHarm(ip: IpFacts, list: ListName): Harm | undefined {
  if (list === "blocklist" && isInternal(ip)) {
    return { whom: "internal hosts", because: "the address is private or local" };
  }
  if (holdsAllOfIpv4(ip)) return { whom: "very many hosts of strangers", because: "every IPv4 address lies in it" };
  const limit = widest[ip.version];
  if (ip.prefix === undefined || ip.prefix >= limit) return undefined;
  return { whom: "very many hosts of strangers", because: `the network is wider than /${limit}` };
}

/** An address above an own domain is somebody else's; the domain itself seldom is. */
function findOwnHarm(
  { kind }: Entry,
  { ascii }: DomainFacts,
  list: ListName,
  ownDomains: readonly string[],
): Harm | undefined {
  const relation = findOwnDomain(ascii, ownDomains);
  if (relation === undefined || (relation.isBelow && kind === "address")) return undefined;
  const whom = list === "blocklist" ? "your own mail" : "forged mail in your own name";
  const { own, isBelow } = relation;
  if (own === ascii) return { whom, because: `${own} is one of your own domains` };
  return { whom, because: isBelow ? `your own domain ${own} lies below it` : `it belongs to your own domain ${own}` };
}

function findDomainHarm({ kind }: Entry, { ascii, isPublicSuffix, isMailProvider }: DomainFacts): Harm | undefined {
  if (kind === "address") return undefined;
  if (isPublicSuffix) {
    return {
      whom: `everybody below ${ascii}`,
      because: "it is a public suffix, under which strangers have their names",
    };
  }
  if (isMailProvider) {
    return { whom: `everybody at ${ascii}`, because: "it is a mail provider; name single addresses instead" };
  }
  return undefined;
}
