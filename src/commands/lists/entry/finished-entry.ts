import type { DomainFacts, NameFacts } from "../../../core/name-facts.ts";
import type { Entry, EntryReading } from "./entry.ts";
import { refuse, type Slip } from "./refusal.ts";
import type { Writing } from "./writing.ts";

/** What the host is asked about a writing: of a network its address too, which may have host bits. */
export function namesOf({ name }: Writing): string[] {
  return name.indexOf("/") < 0 ? [name] : [name, name.split("/")[0] as string];
}

/** Makes an entry of what was written and of what its names are. */
export function finishEntry(
  given: string,
  writing: Writing,
  [facts = {}, address]: readonly NameFacts[],
): EntryReading {
  const read = facts.ip ? readIp(facts.ip, address?.ip, writing) : readDomain(facts.domain, writing);
  if ("reason" in read) return refuse(given, read);
  const notes: string[] = [];
  if (writing.isWebAddress) notes.push(`Of the web address only the host counts: ${read.text}.`);
  const { domain } = read;
  if (domain !== undefined && domain.unicode !== domain.ascii) notes.push(`${read.text} shows as ${domain.unicode}.`);
  return { entry: { given, ...read, ...(notes.length === 0 ? {} : { note: notes.join(" ") }) } };
}

function readIp(
  ip: NonNullable<NameFacts["ip"]>,
  address: NameFacts["ip"],
  { form }: Writing,
): Omit<Entry, "given"> | Slip {
  const { version, prefix } = ip;
  if (prefix === undefined || prefix === (version === 4 ? 32 : 128)) {
    const text = ip.address;
    if (form !== "any") return { reason: "mixes an IP address with a domain's signs", suggestion: text };
    return { kind: "ip", text, ip: { version, address: text } };
  }
  const text = `${ip.address}/${prefix}`;
  if (form !== "any") return { reason: "mixes a network with a domain's signs", suggestion: text };
  if (address !== undefined && address.address !== ip.address) {
    return { reason: "has host bits set", suggestion: `the network ${text} or the address ${address.address}` };
  }
  return { kind: "network", text, ip };
}

function readDomain(domain: DomainFacts | undefined, { form, local, name }: Writing): Omit<Entry, "given"> | Slip {
  if (domain === undefined) return { reason: whyNoDomain(name) };
  if (form === "subdomains") return { kind: "subdomains", text: `*.${domain.ascii}`, domain };
  if (domain.ascii.indexOf(".") < 0) return { reason: "has no dot in its domain: write the domain in full" };
  if (local !== undefined) return { kind: "address", text: `${local}@${domain.ascii}`, local, domain };
  return { kind: "domain", text: `@${domain.ascii}`, domain };
}

function whyNoDomain(name: string): string {
  if (/^[0-9a-f:.]*:[0-9a-f:.]*(%.*)?(\/\d+)?$/i.test(name)) return "is no IPv6 address or network that can be read";
  if (/^[\d.]+(\/\d+)?$/.test(name)) return "is neither an IP address nor a domain";
  if (name.length > 253) return "has a domain of more than 253 characters";
  if (name.split(".").some((label) => label.length > 63)) return "has more than 63 characters between two dots";
  if (/(^|\.)-|-(\.|$)/.test(name)) return "has a hyphen at the edge of a name";
  return "holds no well-formed domain";
}
