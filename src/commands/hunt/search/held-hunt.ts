import { isPpsError } from "../../../core/errors.ts";
import { takeEach } from "../../../core/overhearing.ts";
import type { Steps } from "../../../core/steps.ts";
import { clockSlack } from "../../clock-slack.ts";
import { coreOf } from "../../intel/starred-words.ts";
import { type Listing, type ListingOrder, listMessages, notesButAbsent } from "../../quarantine/listing.ts";
import type { Message } from "../../quarantine/message.ts";
import { isSameFolder } from "../../site-folders.ts";
import { factsOfMessage } from "../findings/matcher.ts";
import type { HuntOrder } from "../hunt-order.ts";
import { describeTerms, type PlannedSearch, type SearchTerms, searchesOf } from "./plan.ts";
import { runInTurns } from "./turns.ts";

/** Searches under way at once, each in every folder; the host bounds requests by itself. */
const atOnce = 4;

/** Searches quarantine for all of them, or reads everything in the time; folders that turn out to be absent are left alone. */
export function* huntHeld(order: HuntOrder, searches: PlannedSearch[] | "all"): Steps<void> {
  const absent: string[] = [];
  const planned = searchesOf(searches, order.intel);
  yield* runInTurns(planned, { place: "quarantine", atOnce }, (search) => huntOne(order, search, absent));
  if (absent.length > 0 && !order.areFoldersNamed) {
    order.journal.note(`PPS refused folders that the site may not have; they were left out: ${absent.join(", ")}.`);
  }
}

function* huntOne(order: HuntOrder, { terms, serves }: PlannedSearch, absent: string[]): Steps<undefined> {
  const { journal, findings } = order;
  const folders = order.folders.filter((folder) => !absent.some((other) => isSameFolder(other, folder)));
  // What names each message that is kept; they are handed on in the same order.
  const kept: number[][] = [];
  const keep = (message: Message) => {
    const indicators = order.matches(factsOfMessage(message));
    if (indicators.length > 0) kept.push(indicators);
    return indicators.length > 0;
  };
  const what = `The search of quarantine for ${describeTerms(terms)}`;
  try {
    const listing = yield* takeEach(
      listMessages({
        folders,
        query: toQuery(terms),
        window: { start: order.since, end: order.until ?? Math.max(order.since, order.now) + clockSlack },
        limit: order.limit,
        now: order.now,
        keep,
      }),
      (message: Message) => findings.addMessage(message, kept.shift() ?? []),
    );
    journal.done++;
    noteListing(order, listing, serves, what, absent);
  } catch (error) {
    if (!isPpsError(error) || error.code === "denied") throw error;
    journal.heldFailed = true;
    journal.fail(error, serves, `${what} failed`);
  }
}

/** What is known to be missing, on behalf of the indicators that a search served. */
function noteListing(
  { journal, areFoldersNamed }: HuntOrder,
  listing: Listing,
  serves: readonly number[],
  what: string,
  absent: string[],
): void {
  if (listing.truncated) journal.truncated = true;
  const broken: string[] = [];
  listing.searched.forEach(({ folder, state }) => {
    if (state === "absent" && absent.indexOf(folder) < 0) absent.push(folder);
    if (state === "failed" || (state === "absent" && areFoldersNamed)) broken.push(folder);
  });
  // Absent folders are told together where nobody named them.
  (areFoldersNamed ? listing.notes : notesButAbsent(listing)).forEach(journal.note);
  if (broken.length === 0) return;
  journal.truncated = true;
  journal.failed = true;
  journal.heldFailed = true;
  serves.forEach((index) => {
    const reason = `${what} did not come to its end in ${broken.join(", ")}`;
    journal.reasons[index] = { reason, isFailure: true };
  });
}

/** Quarantine takes a star at the ends only (pps-api.md 2.2); what else a subject's star lets in is left out afterwards. */
function toQuery({ sender, recipient, subject }: SearchTerms): ListingOrder["query"] {
  return { sender, recipient, subject: subject === undefined ? undefined : toSubjectPattern(subject) };
}

function toSubjectPattern(subject: string): string {
  const core = coreOf(subject);
  if (core.indexOf("*") < 0) return subject;
  const longest = core.split("*").reduce((best, piece) => (piece.length > best.length ? piece : best), "");
  return `*${longest}*`;
}
