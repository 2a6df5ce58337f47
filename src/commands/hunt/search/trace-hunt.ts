import { isPpsError, type PpsError } from "../../../core/errors.ts";
import { takeEach } from "../../../core/overhearing.ts";
import type { Steps } from "../../../core/steps.ts";
import type { IntelKind } from "../../intel/intel.ts";
import { coreOf } from "../../intel/starred-words.ts";
import { searchTrace } from "../../trace/listing.ts";
import type { TraceRecord } from "../../trace/record.ts";
import { factsOfRecord } from "../findings/matcher.ts";
import type { HuntOrder } from "../hunt-order.ts";
import { describeTerms, type PlannedSearch, searchesOf } from "./plan.ts";
import { toTraceSender } from "./sender-groups.ts";
import { runInTurns } from "./turns.ts";

/** Searches under way at once; the host bounds requests by itself. */
const atOnce = 8;

/** How many records of a search that finds more than is looked for may be read for one message that is listed. */
const sieve = 5;

/** Records that are read however few messages are wanted: some may be sifted out, and one call gives as many. */
const fewest = 1000;

/** Searches the trace for all of them. Gives the error where the trace cannot be read at all, which is no failure of one search. */
export function* huntTrace(order: HuntOrder, searches: PlannedSearch[] | "all"): Steps<PpsError | undefined> {
  return yield* runInTurns(searchesOf(searches, order.intel), { place: "the trace", atOnce }, (search) =>
    huntOne(order, search),
  );
}

function* huntOne(order: HuntOrder, { terms, serves, isWide }: PlannedSearch): Steps<PpsError | undefined> {
  const { journal, findings, intel } = order;
  const query = {
    ...terms,
    sender: toTraceSender(terms.sender),
    recipient: toTraceSender(terms.recipient),
    subject: terms.subject === undefined ? undefined : coreOf(terms.subject),
    since: order.since,
    until: order.until,
    limit: Math.max(isWide ? order.limit * sieve : order.limit, fewest),
  };
  try {
    const listing = yield* takeEach(searchTrace(query, order.now), (record: TraceRecord) => {
      const matched = order.matches(factsOfRecord(record));
      const [only] = serves;
      // PPS found it by a value that its record leaves blank.
      const isBlank = only !== undefined && serves.length === 1 && isUntold(intel[only]?.kind, record);
      const named = matched.length === 0 && isBlank ? [only] : matched;
      if (named.length > 0) findings.addRecord(record, named);
    });
    journal.done++;
    if (listing.truncated) {
      journal.truncated = true;
      listing.notes.forEach((note) => {
        journal.note(`Trace, ${describeTerms(terms)}: ${note}`);
      });
    }
    return undefined;
  } catch (error) {
    if (!isPpsError(error) || error.status === 401) throw error;
    if (error.code === "denied" || error.status === 404) return error;
    journal.fail(error, serves, `The search of the trace for ${describeTerms(terms)} failed`);
    return undefined;
  }
}

/** True where a record does not tell what was searched for. */
function isUntold(kind: IntelKind | undefined, record: TraceRecord): boolean {
  const facts = factsOfRecord(record);
  switch (kind) {
    case "ip":
    case "host":
      return facts.ip === "" && facts.host === "";
    case "attachment":
      return facts.attachments.length === 0;
    case "virus":
      return facts.viruses.length === 0;
    case "messageId":
      return facts.messageId === "";
    default:
      return false;
  }
}
