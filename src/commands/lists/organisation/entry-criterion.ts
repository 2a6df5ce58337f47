import type { Entry } from "../entry/entry.ts";
import type { Attribute, Criterion } from "./criterion.ts";

/**
 * What an entry says of mail where nothing but the entry is given. A domain is looked for behind the `@`, sub-domains
 * behind a dot: the API has no operator that ends where the text ends, so that longer names match too.
 */
export function toCriterion(entry: Entry, given: Attribute | undefined): Criterion | { complaint: string } {
  const isIp = entry.kind === "ip" || entry.kind === "network";
  const attribute = given ?? (isIp ? "ip" : "sender");
  if (attribute === "ip") {
    if (isIp) return { attribute, operator: "equal", value: entry.text };
    return { complaint: `${entry.text} is no IP address, which attribute ip compares.` };
  }
  if (isIp) return { complaint: `${entry.text} is an IP address; attribute ${attribute} compares names.` };
  const domain = entry.domain?.ascii ?? "";
  if (entry.kind === "subdomains") return { attribute, operator: "contain", value: `.${domain}` };
  if (attribute === "host" || attribute === "helo") {
    if (entry.kind === "domain") return { attribute, operator: "equal", value: domain };
    return { complaint: `${entry.text} is an address; attribute ${attribute} compares the name of a host.` };
  }
  if (entry.kind === "domain") return { attribute, operator: "contain", value: `@${domain}` };
  return { attribute, operator: "equal", value: entry.text };
}

/** What has to be said of entries that match more than they look. */
export function noteLongerNames(criteria: readonly Criterion[]): string[] {
  const fragment = criteria.filter(({ operator, value }) => operator === "contain" && /^[@.]/.test(value))[0];
  if (fragment === undefined) return [];
  const isHost = fragment.attribute === "host" || fragment.attribute === "helo";
  const name = fragment.value.charAt(0) === "." ? `mail${fragment.value}` : fragment.value.slice(1);
  const longer = `${isHost ? "" : "ann@"}${name}.example`;
  return [
    `The API has no "ends with": all that holds ${fragment.value} is meant, also a longer name such as ${longer}.`,
  ];
}
