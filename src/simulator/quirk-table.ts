import { actionQuirks } from "./quirk-table/action.ts";
import { recordQuirks } from "./quirk-table/record.ts";
import { searchQuirks } from "./quirk-table/search.ts";
import { traceQuirks } from "./quirk-table/trace.ts";

export type { QuirkRow } from "./quirk-table/row.ts";

/**
 * Every point that pps-api.md leaves open in its sections 1 to 5, 10 and 11 and that this gateway shows: the only place where one
 * profile is told from another.
 */
export const quirkTable = { ...searchQuirks, ...recordQuirks, ...actionQuirks, ...traceQuirks };

/** The name of an open point. */
export type QuirkName = keyof typeof quirkTable;

/** One chosen value for every open point. */
export type Quirks = { readonly [Name in QuirkName]: (typeof quirkTable)[Name]["values"][number] };

/**
 * Pairs that leave a client no way to see that an answer was cut: a lowered cap that nothing announces. Never chosen together
 * except by name.
 */
export const blindPairs: readonly { quirk: QuirkName; value: string; cap: "search-cap"; unless: string }[] = [
  { quirk: "meta", value: "absent", cap: "search-cap", unless: "1000" },
  { quirk: "envelope", value: "bare-array", cap: "search-cap", unless: "1000" },
];
