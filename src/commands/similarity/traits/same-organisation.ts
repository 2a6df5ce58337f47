import { type DomainKnowledge, isTelling } from "./domain-knowledge.ts";
import { isWithin, parentsOf } from "./shared-sites.ts";

/** Whether two domains or hosts are one party's: the same, one below the other, or both below a name of one party. */
export function areOfOneParty(one: string, other: string, domains: DomainKnowledge): boolean {
  if (isWithin(one, [other]) || isWithin(other, [one])) return true;
  const above = parentsOf(other);
  return parentsOf(one).some((name) => above.indexOf(name) >= 0 && isTelling(name, domains));
}
