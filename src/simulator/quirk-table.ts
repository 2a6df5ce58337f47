import { actionQuirks } from "./quirk-table/action.ts";
import { cloudQuirks } from "./quirk-table/cloud.ts";
import { enduserQuirks } from "./quirk-table/enduser.ts";
import { recordQuirks } from "./quirk-table/record.ts";
import { searchQuirks } from "./quirk-table/search.ts";
import { traceQuirks } from "./quirk-table/trace.ts";

export type { QuirkRow } from "./quirk-table/row.ts";

/**
 * Every point that pps-api.md leaves open in its sections 1 to 7, 10 and 11 and that this gateway shows: the only place where one
 * profile is told from another.
 */
export const quirkTable = {
  ...searchQuirks,
  ...recordQuirks,
  ...actionQuirks,
  ...traceQuirks,
  ...enduserQuirks,
  ...cloudQuirks,
};

/** The name of an open point. */
export type QuirkName = keyof typeof quirkTable;

/** One chosen value for every open point. */
export type Quirks = { readonly [Name in QuirkName]: (typeof quirkTable)[Name]["values"][number] };

/**
 * Pairs that leave a client no way: it cannot see that an answer was cut where nothing announces a lowered cap, and a list that
 * is replaced by single entries never gets longer than one. Never chosen together except by name.
 */
export const blindPairs: readonly { quirk: QuirkName; value: string; beside: QuirkName; unless: string }[] = [
  { quirk: "meta", value: "absent", beside: "search-cap", unless: "1000" },
  { quirk: "envelope", value: "bare-array", beside: "search-cap", unless: "1000" },
  { quirk: "user-list-form", value: "text", beside: "user-lists", unless: "add" },
];
