import type { RunContext } from "../../../core/command.ts";
import { isPpsError, type PpsError } from "../../../core/errors.ts";
import type { MailContents } from "../../../core/mail-file.ts";
import { collect } from "../../../core/overhearing.ts";
import { type Steps, together } from "../../../core/steps.ts";
import { domainOf } from "../../address-domain.ts";
import { eachOnce } from "../../each-once.ts";
import { headerValues } from "../../indicators/header-values.ts";
import type { CarrierOrigin } from "../../indicators/reported.ts";
import { findOwnDomain } from "../../lists/entry/own-domain.ts";
import { searchTrace, type TraceListing } from "../../trace/listing.ts";
import type { TraceRecord } from "../../trace/record.ts";
import { withoutBrackets } from "../../wire.ts";

/** How far back a message is looked up at least: what is reported late is still somebody's. */
const leastBack = 30 * 86_400_000;

/** One message to so many at once has one sender all the same, or cannot be told from others. */
const mostRecords = 1000;

/** What the trace holds under one Message-ID. */
export interface Recorded {
  records: TraceRecord[];
  /** There may be more. */
  isCut: boolean;
  /** Why it could not be read. */
  error?: PpsError;
}

/** What the trace holds under Message-IDs, by the ID without its brackets; of others nothing was asked. */
export type RecordBook = (messageId: string) => Recorded | undefined;

/** The Message-ID of a message, "" where it has none or several: which of them PPS has recorded is not known. */
export function messageIdOf(contents: MailContents): string {
  return headerValues(contents, "message-id").length > 1 ? "" : bareId(contents.messageId);
}

/** Mail programs let blanks stand within the brackets, and PPS's records do not have them. */
export function bareId(messageId: string): string {
  return withoutBrackets(messageId.trim()).trim();
}

/** Looks each Message-ID up, with one call each. A trace that cannot be read is no failure: the answer tells. */
export function* lookUp(messageIds: readonly string[], since: number, context: RunContext): Steps<RecordBook> {
  const asked = eachOnce(messageIds.filter((id) => id !== ""));
  const from = Math.min(since, context.now - leastBack);
  const answers = yield* together(asked.map((id) => readRecords(id, from, context)));
  return (messageId) => answers[asked.indexOf(messageId)];
}

function* readRecords(messageId: string, since: number, { now }: RunContext): Steps<Recorded> {
  try {
    const steps = searchTrace({ messageId, since, limit: mostRecords }, now);
    const { items, result } = yield* collect<TraceRecord, TraceListing>(steps);
    // A stranger's Message-ID may read as a pattern that others match.
    return { records: items.filter((record) => bareId(record.messageId) === messageId), isCut: result.truncated };
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return { records: [], isCut: false, error };
  }
}

/**
 * Where a message came from that carries others, by its envelope sender: who writes a mail may put any address into its header.
 * What users send each other need not pass the gateway, and the trace lags: no record says nothing.
 */
export function originOf(recorded: Recorded | undefined, ownDomains: readonly string[]): CarrierOrigin {
  if (recorded === undefined) return "unnamed";
  const { records, isCut, error } = recorded;
  if (error !== undefined) return "unknown";
  if (records.length === 0) return "unrecorded";
  const senders = records.map(({ sender }) => sender.trim());
  if (senders.some((sender) => sender !== "" && !isOwnSender(sender, ownDomains))) return "outside";
  if (isCut) return "unknown";
  return senders.indexOf("") < 0 ? "inside" : "senderless";
}

/** Whether an envelope sender is of an own domain or below one. */
export function isOwnSender(sender: string, ownDomains: readonly string[]): boolean {
  return findOwnDomain(domainOf(sender.toLowerCase()), ownDomains)?.isBelow === false;
}
