import { fewNames } from "../few-names.ts";

/** The two kinds of sender lists, which the organisation has and every user too. */
export type ListName = "blocklist" | "safelist";

/** A domain that somebody would put on the list, for examples. */
export function exampleDomain(list: ListName): string {
  return list === "blocklist" ? "evil.test" : "partner.test";
}

/** The other list, on which the same sender would be a contradiction. */
export function otherList(list: ListName): ListName {
  return list === "blocklist" ? "safelist" : "blocklist";
}

/**
 * What is said of an entry that stands on both lists. Which wins is nowhere documented; that safe lists leave a blocked
 * sender blocked is what a community member of Proofpoint states (pps-api.md 7).
 */
export function contradiction(list: ListName, whose: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  const verb = entries.length === 1 ? "stands" : "stand";
  return [
    `${fewNames(entries)} also ${verb} on ${whose} ${otherList(list)}. By what is publicly known the blocklist wins; take one of the two out.`,
  ];
}
