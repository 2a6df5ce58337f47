import type { Intel } from "../../../intel/intel.ts";
import type { Entry, EntryReading } from "../../entry/entry.ts";
import type { Criterion } from "../criterion.ts";
import { toCriterion } from "../entry-criterion.ts";

/** A row that names something a blocklist can hold. */
export interface FeedRow {
  intel: Intel;
  entry: Entry;
  criterion: Criterion;
  key: string;
}

const kindNames: { readonly [kind: string]: string } = {
  url: "link",
  hash: "file's hash",
  messageId: "Message-ID",
  attachment: "file",
};

/** True for what a blocklist of senders can hold. */
export function isSender(kind: Intel["kind"]): boolean {
  return kind === "sender" || kind === "domain" || kind === "ip" || kind === "host";
}

/** What the entry of a row is on the list, or why it is nothing there. */
export function readRow(
  { kind }: Intel,
  reading: EntryReading,
): Pick<FeedRow, "entry" | "criterion"> | { complaint: string } {
  if (!isSender(kind))
    return { complaint: `It names a ${kindNames[kind] ?? kind}, which no blocklist of senders holds.` };
  if ("complaint" in reading) return reading;
  const criterion = toCriterion(reading.entry, kind === "host" ? "host" : undefined);
  return "complaint" in criterion ? criterion : { entry: reading.entry, criterion };
}
