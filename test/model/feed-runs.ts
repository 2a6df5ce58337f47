import { blocklistFeed } from "../../src/commands/lists/organisation/feed/feed.ts";
import { type CloudLists, type WireEntry, wire } from "./cloud-lists.ts";
import { call } from "./list-calls.ts";

/** Runs a feed over lists in memory, at noon of 21 November 2026 unless told otherwise. */
export function runFeed(lists: CloudLists, raw: Record<string, unknown>, more: object = {}) {
  return call(blocklistFeed, lists, raw, more);
}

/** What stands on the blocklist. */
export const standing = ({ blocklist }: CloudLists): string[] => blocklist.map(({ value }) => value).sort();

/** How many changes were sent. */
export const changesSent = ({ asked }: CloudLists): number => asked.filter(({ effect }) => effect !== "read").length;

/** The mark of an entry that a feed added. */
export const feedMark = (until: string, label = "feed"): string => `[pps ${label} 2026-11-01 until ${until}]`;

/** An entry that a feed added. */
export const ownEntry = (value: string, until = "2026-12-01"): WireEntry => wire(value, { comment: feedMark(until) });

/** Lines with a header over them. */
export const csv = (header: string, ...lines: string[]): string => [header, ...lines].join("\n");
