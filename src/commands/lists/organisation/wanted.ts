import { PpsError } from "../../../core/errors.ts";
import { quoteValue } from "../../../core/quoted-value.ts";
import type { Steps } from "../../../core/steps.ts";
import { parseJson } from "../../answers.ts";
import { isRecord, readText } from "../../wire.ts";
import { listComplaints } from "../entry/complaints.ts";
import { type Entry, type EntryReading, tryReadEntries } from "../entry/entry.ts";
import { type GuardSite, guard, guardPattern } from "../entry/guard.ts";
import { type ListRow, readListFile } from "../files/list-file.ts";
import { type Attribute, type Criterion, keyOf, readAttribute, readOperator } from "./criterion.ts";
import { noteLongerNames, toCriterion } from "./entry-criterion.ts";

/** What a user wrote of entries, wherever: as words, as a file, and settings for those that say nothing of their own. */
export interface WrittenEntries {
  items?: readonly string[];
  file?: string;
  attribute?: string;
  operator?: string;
  comment?: string;
}

/** An entry as it is to stand on the list; `date` is that of an exported list that is read back. */
export interface Wanted extends Criterion {
  given: string;
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
export function* readWanted(written: WrittenEntries, site: GuardSite): Steps<WantedEntries> {
  const { rows, isIncomplete } = readRows(written);
  const complaints: string[] = [];
  const readings = yield* tryReadEntries(rows.map((row) => row.entry));
  const wanted: Wanted[] = [];
  const entries: Entry[] = [];
  const known: Record<string, true> = {};
  rows.forEach((row, index) => {
    const reading = readRow(row, written, readings[index] as EntryReading);
    if ("complaint" in reading) {
      complaints.push(row.place === "" ? reading.complaint : `${row.place}: ${reading.complaint}`);
      return;
    }
    if (known[keyOf(reading.criterion)]) return;
    known[keyOf(reading.criterion)] = true;
    if (reading.entry) entries.push(reading.entry);
    wanted.push({ ...reading.criterion, given: row.entry, ...commentOf(row, written) });
  });
  if (complaints.length > 0) throw new PpsError("bad_input", listComplaints(complaints), { field: "entries" });
  const notes = guard(entries, site).concat(noteLongerNames(wanted));
  wanted.forEach((each) => {
    guardPattern(each, site).forEach((note) => {
      if (notes.indexOf(note) < 0) notes.push(note);
    });
  });
  return { wanted, notes: entryNotes(entries).concat(notes), isIncomplete };
}

export function readRows({ items = [], file }: WrittenEntries): { rows: ListRow[]; isIncomplete: boolean } {
  const fromFile = file === undefined ? { rows: [], isIncomplete: false } : readListFile(file, { field: "file" });
  return { rows: items.map(readItem).concat(fromFile.rows), isIncomplete: fromFile.isIncomplete };
}

/** The senders among what was written, for a user's own list. Throws PpsError `bad_input` for what compares anything else. */
export function readSenders(written: Pick<WrittenEntries, "items" | "file">): {
  entries: string[];
  isIncomplete: boolean;
} {
  const { rows, isIncomplete } = readRows(written);
  const complaints = rows
    .filter((row) => !isSender(row))
    .map((row) => {
      const place = row.place === "" ? "" : `${row.place}: `;
      return `${place}${quoteValue(row.entry)} is compared by ${row.attribute ?? "sender"} ${row.operator ?? ""}, which a user's own list cannot do.`;
    });
  if (complaints.length > 0) throw new PpsError("bad_input", listComplaints(complaints), { field: "entries" });
  return { entries: rows.map((row) => row.entry), isIncomplete };
}

/** A user's own list compares the envelope sender: whole, from its @ on, or from a dot on (pps-api.md 6). */
function isSender({ entry, attribute, operator }: ListRow): boolean {
  if (attribute !== undefined && readAttribute(attribute) !== "sender") return false;
  const how = operator === undefined ? "equal" : readOperator(operator);
  return how === "equal" || (how === "contain" && /^[@.]/.test(entry));
}

/** An item is what a person writes, or an entry as a listing prints it with `--jsonl`. */
function readItem(item: string): ListRow {
  const record = item.charAt(0) === "{" ? parseJson(item) : undefined;
  if (!isRecord(record)) return { entry: item, place: "" };
  return {
    entry: readText(record.entry) || readText(record.value),
    place: "",
    ...optional("attribute", readText(record.attribute)),
    ...optional("operator", readText(record.operator)),
    ...optional("comment", readText(record.comment)),
    ...optional("date", readText(record.date)),
  };
}

type RowReading = { criterion: Criterion; entry?: Entry } | { complaint: string };

/** An operator that is named means the text as it stands; without one the entry says what is compared, and how. */
function readRow(row: ListRow, written: WrittenEntries, reading: EntryReading): RowReading {
  const named = row.attribute ?? written.attribute;
  const attribute = named === undefined ? undefined : readAttribute(named);
  if (named !== undefined && attribute === undefined) {
    return { complaint: `${quoteValue(named)} is no attribute of a message.` };
  }
  const literal = row.operator ?? written.operator;
  if (literal !== undefined) {
    const criterion = toLiteral(row, attribute, literal);
    // Guarded by what it looks like; being none of our entries is no fault here.
    return "complaint" in criterion || "complaint" in reading ? wrap(criterion) : { criterion, entry: reading.entry };
  }
  if ("complaint" in reading) return reading;
  const criterion = toCriterion(reading.entry, attribute);
  return "complaint" in criterion ? criterion : { criterion, entry: reading.entry };
}

function wrap(criterion: Criterion | { complaint: string }): RowReading {
  return "complaint" in criterion ? criterion : { criterion };
}

function toLiteral(row: ListRow, attribute: Attribute | undefined, named: string): Criterion | { complaint: string } {
  const operator = readOperator(named);
  if (operator === undefined) return { complaint: `${quoteValue(named)} is no operator.` };
  const value = row.entry.trim();
  return value === "" ? { complaint: "An entry is blank." } : { attribute: attribute ?? "sender", operator, value };
}

function commentOf(row: ListRow, written: WrittenEntries): Pick<Wanted, "comment" | "date"> {
  const date = row.date !== undefined && /^\d{4}-\d\d-\d\d$/.test(row.date.slice(0, 10)) ? row.date.slice(0, 10) : "";
  return { comment: row.comment ?? written.comment ?? "", ...(date === "" ? {} : { date }) };
}

function entryNotes(entries: readonly Entry[]): string[] {
  const notes: string[] = [];
  entries.forEach(({ note }) => {
    if (note !== undefined && notes.indexOf(note) < 0 && notes.length < 10) notes.push(note);
  });
  return notes;
}

function optional<Key extends string>(key: Key, value: string): { [K in Key]?: string } {
  return (value === "" ? {} : { [key]: value }) as { [K in Key]?: string };
}
