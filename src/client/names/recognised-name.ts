import { createRequire } from "node:module";
import { domainToUnicode } from "node:url";
import ipaddr from "ipaddr.js";
import { getPublicSuffix } from "tldts";
import type { DomainFacts, IpFacts, NameFacts } from "../../core/name-facts.ts";
import { readDomainName } from "./domain-name.ts";

const load = createRequire(import.meta.url);

/** Domains where anybody can have a mailbox, as the package email-providers collects them. */
const mailProviders = new Set(load("email-providers/all.json") as string[]);

/** Tells of a name whether it is an IP address, a network or a domain, and whose; nothing of what is none of them. */
export function recogniseName(name: string): NameFacts {
  const ip = readIp(name);
  if (ip !== undefined) return { ip };
  const domain = readDomain(name);
  return domain === undefined ? {} : { domain };
}

function readIp(name: string): IpFacts | undefined {
  const [address = "", length, ...more] = name.split("/");
  if (more.length > 0 || !isAddress(address)) return undefined;
  const parsed = ipaddr.process(address);
  const version = parsed.kind() === "ipv4" ? 4 : 6;
  if (length === undefined) return { version, address: parsed.toString() };
  const prefix = Number(length);
  if (!/^\d{1,3}$/.test(length) || prefix > (version === 4 ? 32 : 128)) return undefined;
  const network = version === 4 ? ipaddr.IPv4 : ipaddr.IPv6;
  const first = network.networkAddressFromCIDR(`${parsed.toString()}/${prefix}`);
  return { version, address: first.toString(), prefix };
}

/** Spellings such as 0300.1 or a zone behind the address mean something else to other programs. */
function isAddress(text: string): boolean {
  return (
    ipaddr.IPv4.isValidFourPartDecimal(text) || (text.includes(":") && !text.includes("%") && ipaddr.IPv6.isValid(text))
  );
}

function readDomain(name: string): DomainFacts | undefined {
  const ascii = readDomainName(name);
  if (ascii === undefined) return undefined;
  return {
    ascii,
    unicode: domainToUnicode(ascii) || ascii,
    isPublicSuffix: getPublicSuffix(ascii, { allowPrivateDomains: true }) === ascii,
    isMailProvider: mailProviders.has(ascii),
  };
}
