import { PpsError } from "../../../core/errors.ts";
import { quoteValue } from "../../../core/quoted-value.ts";
import type { Steps } from "../../../core/steps.ts";
import { cleanLine } from "../../answers.ts";
import { complaintAt, listComplaints } from "../entry/complaints.ts";
import { type Entry, type EntryReading, tryReadEntries } from "../entry/entry.ts";
import { entryNotes } from "../entry/entry-notes.ts";
import { type GuardSite, guard, guardPatterns } from "../entry/guard.ts";
import type { ListRow } from "../files/list-file.ts";
import { readRows, type WrittenEntries } from "../written-entries.ts";
import { type Attribute, type Criterion, keyOf, readAttribute, readOperator } from "./criterion.ts";
import { noteLongerNames, toCriterion } from "./entry-criterion.ts";
import { longestComment } from "./managed-mark.ts";

/** Entries, and what is meant where they say nothing of their own. */
export interface WrittenCriteria extends WrittenEntries {
  attribute?: string | undefined;
  operator?: string | undefined;
  comment?: string | undefined;
}

/** An entry as it is to stand on the list; `date` is that of an exported list that is read back. */
export interface Wanted extends Criterion {
  comment: string;
  date?: string;
}

/** What was understood, each once, and what has to be said of it. */
export interface WantedEntries {
  wanted: Wanted[];
  notes: string[];
  /** The file says of itself that it lacks entries. */
  isIncomplete: boolean;
}

/**
 * Understands what was written and holds it against the guard rails.
 * Throws PpsError `bad_input` naming every entry that cannot be; nothing is half taken.
 */
export function* readWanted(written: WrittenCriteria, site: GuardSite): Steps<WantedEntries> {
  const { rows, isIncomplete } = readRows(written);
  const complaints: string[] = [];
  const readings = yield* tryReadEntries(rows.map((row) => row.entry));
  const wanted: Wanted[] = [];
  const entries: Entry[] = [];
  const known: Record<string, true> = {};
  rows.forEach((row, index) => {
    const reading = readRow(row, { ...written, override: site.override }, readings[index] as EntryReading);
    if ("complaint" in reading) {
      complaints.push(complaintAt(row.place, reading.complaint));
      return;
    }
    if (known[keyOf(reading.criterion)]) return;
    known[keyOf(reading.criterion)] = true;
    if (reading.entry) entries.push(reading.entry);
    wanted.push({ ...reading.criterion, ...commentOf(row, written) });
  });
  if (complaints.length > 0) throw new PpsError("bad_input", listComplaints(complaints), { field: "entries" });
  const notes = entryNotes(entries).concat(guard(entries, site), noteLongerNames(wanted), guardPatterns(wanted, site));
  return { wanted, notes: notes.concat(noteLongComments(wanted)), isIncomplete };
}

type RowReading = { criterion: Criterion; entry?: Entry } | { complaint: string };

/** An operator that is named means the text as it stands; without one the entry says what is compared, and how. */
function readRow(
  row: ListRow,
  written: WrittenCriteria & Pick<GuardSite, "override">,
  reading: EntryReading,
): RowReading {
  const named = row.attribute ?? written.attribute;
  const attribute = named === undefined ? undefined : readAttribute(named);
  if (named !== undefined && attribute === undefined) {
    return { complaint: `${quoteValue(named)} is no attribute of a message.` };
  }
  const operator = row.operator ?? written.operator;
  if ("complaint" in reading) {
    if (operator === undefined) return reading;
    // Being none of our entries is no fault where the text is taken as it stands.
    const criterion = toLiteral(row, attribute, operator);
    if ("complaint" in criterion) return criterion;
    // No guard rail can tell how much of the Internet PPS takes such a text for.
    const isNoAddress = criterion.attribute === "ip" && criterion.operator === "equal";
    return isNoAddress && !written.override ? reading : { criterion };
  }
  const { entry } = reading;
  const criterion = operator === undefined ? toCriterion(entry, attribute) : toLiteral(row, attribute, operator);
  return "complaint" in criterion ? criterion : { criterion, entry };
}

function toLiteral(row: ListRow, attribute: Attribute | undefined, named: string): Criterion | { complaint: string } {
  const operator = readOperator(named);
  if (operator === undefined) return { complaint: `${quoteValue(named)} is no operator.` };
  const value = row.entry.trim();
  return value === "" ? { complaint: "An entry is blank." } : { attribute: attribute ?? "sender", operator, value };
}

function commentOf(row: ListRow, written: WrittenCriteria): Pick<Wanted, "comment" | "date"> {
  const date = row.date !== undefined && /^\d{4}-\d\d-\d\d$/.test(row.date.slice(0, 10)) ? row.date.slice(0, 10) : "";
  // A file's comment may come from a stranger, and is shown by PPS's own pages too.
  return { comment: cleanLine(row.comment ?? written.comment ?? ""), ...(date === "" ? {} : { date }) };
}

function noteLongComments(wanted: readonly Wanted[]): string[] {
  const long = wanted.filter(({ comment }) => comment.length > longestComment).length;
  if (long === 0) return [];
  return [
    `PPS takes ${longestComment} characters of a comment; what ${long} of the entries ${long === 1 ? "has" : "have"} beyond that is left out.`,
  ];
}
