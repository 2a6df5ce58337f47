import { domainOf } from "../../address-domain.ts";
import type { Intel } from "../../intel/intel.ts";
import { namesAbove } from "../../intel/name-forms.ts";
import type { PlannedSearch } from "./plan.ts";

/** From so many addresses of one domain on, all its mail is read at once and sifted. */
const worthGrouping = 3;

interface Table {
  [name: string]: PlannedSearch;
}

/** One search for each domain, each address and each pattern that no other covers. */
export function groupSenders(
  intel: readonly Intel[],
  indexes: readonly number[],
  isCrowded: (domain: string) => boolean,
): PlannedSearch[] {
  const searches: PlannedSearch[] = [];
  const below: Table = Object.create(null);
  const domains: Table = Object.create(null);
  const open = (sender: string, index: number, isWide = false): PlannedSearch => {
    const search = { terms: { sender }, serves: [index], isWide };
    searches.push(search);
    return search;
  };
  const nameOf = (index: number) => (intel[index] as Intel).value;
  const ofKind = (kind: Intel["kind"]) => indexes.filter((index) => (intel[index] as Intel).kind === kind);
  /** The search for all names below one of the names above this one. */
  const findCover = (domain: string) =>
    namesAbove(domain)
      .map((name) => below[name])
      .filter((search) => search)[0];
  const join = (search: PlannedSearch | undefined, index: number) => {
    search?.serves.push(index);
    return search !== undefined;
  };

  // The shortest first: it may cover the longer ones.
  const named = ofKind("domain").sort((one, other) => nameOf(one).length - nameOf(other).length);
  named
    .filter((index) => isBelow(nameOf(index)))
    .forEach((index) => {
      const name = nameOf(index).slice(2);
      if (!join(findCover(name), index)) below[name] = open(nameOf(index), index);
    });
  named
    .filter((index) => !isBelow(nameOf(index)))
    .forEach((index) => {
      const name = nameOf(index);
      if (!join(findCover(name), index)) domains[name] = open(`*@${name}`, index);
    });

  const left: { [domain: string]: number[] } = Object.create(null);
  ofKind("sender").forEach((index) => {
    const value = nameOf(index);
    const domain = domainOf(value);
    if (value.indexOf("*") >= 0) open(value, index);
    else if (!join(domains[domain] ?? findCover(domain), index)) {
      const others = left[domain];
      if (others === undefined) left[domain] = [index];
      else others.push(index);
    }
  });
  Object.keys(left).forEach((domain) => {
    const [first, ...others] = left[domain] as number[];
    if (first === undefined) return;
    if (others.length + 1 >= worthGrouping && !isCrowded(domain)) {
      const search = open(`*@${domain}`, first, true);
      others.forEach((index) => {
        search.serves.push(index);
      });
    } else [first].concat(others).forEach((index) => void open(nameOf(index), index));
  });
  return searches;
}

function isBelow(value: string): boolean {
  return value.slice(0, 2) === "*.";
}

/** A sender as Smart Search takes it: there a star counts only beside an `@` (pps-api.md 5). Undefined for everybody. */
export function toTraceSender(pattern: string | undefined): string | undefined {
  if (pattern === undefined || pattern === "*") return undefined;
  return /^\*[^@]*[^@*]$/.test(pattern) ? `@${pattern}` : pattern;
}
