import { createRequire } from "node:module";
import { domainToUnicode } from "node:url";
import ipaddr from "ipaddr.js";
import { getPublicSuffix, parse } from "tldts";
import type { DomainFacts, IpFacts, NameFacts } from "../../core/name-facts.ts";
import { readDomainName } from "./domain-name.ts";

const load = createRequire(import.meta.url);

/** Domains where anybody can have a mailbox, as the package email-providers collects them. */
const mailProviders = new Set(load("email-providers/all.json") as string[]);

/** Top-level names that no registry has: for tests and inner networks (RFC 2606, 6761, 6762, 7686, ICANN's .internal), and old habits. */
const innerTops = new Set(
  "test example invalid localhost local internal onion alt home corp lan intranet private localdomain".split(" "),
);

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
  if (length === undefined) {
    const single = ipaddr.process(address);
    return { version: single.kind() === "ipv4" ? 4 : 6, address: single.toString() };
  }
  const given = ipaddr.parse(address);
  const prefix = Number(length);
  if (!/^\d{1,3}$/.test(length) || prefix > (given.kind() === "ipv4" ? 32 : 128)) return undefined;
  // Of ::ffff:192.0.2.0/120 the first 96 bits only say that it is IPv4.
  const isMapped = given instanceof ipaddr.IPv6 && given.isIPv4MappedAddress() && prefix >= 96;
  return isMapped ? networkOf(given.toIPv4Address(), prefix - 96) : networkOf(given, prefix);
}

function networkOf(address: ipaddr.IPv4 | ipaddr.IPv6, prefix: number): IpFacts {
  const version = address.kind() === "ipv4" ? 4 : 6;
  const network = version === 4 ? ipaddr.IPv4 : ipaddr.IPv6;
  return { version, address: network.networkAddressFromCIDR(`${address.toString()}/${prefix}`).toString(), prefix };
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
  const unicode = domainToUnicode(ascii) || ascii;
  return {
    ascii,
    unicode,
    isPublicSuffix: getPublicSuffix(ascii, { allowPrivateDomains: true }) === ascii,
    // The package spells some names in Unicode.
    isMailProvider: mailProviders.has(ascii) || mailProviders.has(unicode),
    hasUnknownTop: parse(ascii).isIcann === false && !innerTops.has(ascii.slice(ascii.lastIndexOf(".") + 1)),
  };
}
