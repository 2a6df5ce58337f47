import type { NameFacts } from "../../../core/name-facts.ts";
import { quoteValue } from "../../../core/quoted-value.ts";
import type { EntryReading } from "./entry.ts";
import type { Writing } from "./writing.ts";

/** Makes an entry of what was written and what its name is. */
export function finishEntry(given: string, writing: Writing, facts: NameFacts): EntryReading {
  const { ip, domain } = facts;
  const note = writing.note === undefined ? {} : { note: writing.note };
  if (ip !== undefined && writing.form === "any") {
    if (ip.prefix === undefined) return { entry: { given, kind: "ip", text: ip.address, ip, ...note } };
    return { entry: { given, kind: "network", text: `${ip.address}/${ip.prefix}`, ip, ...note } };
  }
  if (domain === undefined) return { complaint: `${quoteValue(given)} holds no well-formed domain.` };
  if (writing.form === "subdomains") {
    return { entry: { given, kind: "subdomains", text: `*.${domain.ascii}`, domain, ...note } };
  }
  if (domain.ascii.indexOf(".") < 0) return { complaint: `${quoteValue(given)} has no dot in its domain.` };
  if (writing.local === undefined) {
    return { entry: { given, kind: "domain", text: `@${domain.ascii}`, domain, ...note } };
  }
  const text = `${writing.local}@${domain.ascii}`;
  return { entry: { given, kind: "address", text, local: writing.local, domain, ...note } };
}
