import type { Intel } from "../../../intel/intel.ts";
import type { Entry, EntryReading } from "../../entry/entry.ts";
import { type Criterion, keyOf } from "../criterion.ts";
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
  // An attacker's mailbox for answers sends mail as well.
  return kind === "sender" || kind === "replyTo" || kind === "domain" || kind === "ip" || kind === "host";
}

/** What a row means on the list, or why it means nothing there. */
export function readRow(intel: Intel, reading: EntryReading): FeedRow | { complaint: string } {
  const { kind } = intel;
  if (!isSender(kind)) {
    return { complaint: `It names a ${kindNames[kind] ?? kind}, which no blocklist of senders holds.` };
  }
  if ("complaint" in reading) return reading;
  const criterion = toCriterion(reading.entry, kind === "host" ? "host" : undefined);
  if ("complaint" in criterion) return criterion;
  return { intel, entry: reading.entry, criterion, key: keyOf(criterion) };
}
