import type { Cell, Facts, Prose, Table, Tone } from "./document.ts";

// More rows make a page that browsers are slow with, and nobody reads them.
const mostRows = 5000;

/** One column of a table: its title, and what it shows of an item. */
export interface ColumnOf<T> {
  title: string;
  /** Numbers stand right, so that they can be compared. @default false */
  isNumber?: boolean;
  cell(item: T): Cell;
}

/** A table of items; `empty` is what it says where there are none. */
export function tableOf<T>(items: readonly T[], columns: readonly ColumnOf<T>[], empty: string): Table {
  return {
    kind: "table",
    columns: columns.map(({ title, isNumber = false }) => ({ title, isNumber })),
    rows: items.slice(0, mostRows).map((item) => columns.map(({ cell }) => cell(item))),
    missing: Math.max(0, items.length - mostRows),
    empty,
  };
}

/** Names and their values, without those whose list is empty. */
export function factsOf(facts: Facts["facts"]): Facts {
  return { kind: "facts", facts: facts.filter(({ value }) => value.kind !== "lines" || value.lines.length > 0) };
}

/** Text as it is; nothing where there is none. */
export function text(value: string | undefined, below?: string): Cell {
  return { kind: "text", text: value ?? "", ...(below ? { below } : {}) };
}

/** An id, an address or a path. */
export function code(value: string | undefined, below?: string): Cell {
  return { kind: "code", text: value ?? "", ...(below ? { below } : {}) };
}

/** A whole number. */
export function number(value: number): Cell {
  return { kind: "number", value };
}

/** A state in words, with its tone. */
export function state(value: string, tone: Tone, below?: string): Cell {
  return { kind: "state", text: value, tone, ...(below ? { below } : {}) };
}

/** Several values below each other. */
export function lines(values: readonly string[] | undefined, isCode = false): Cell {
  return { kind: "lines", lines: values ?? [], isCode };
}

/** A time in UTC, to the second; what cannot be read stays as it is. */
export function time(iso: string | null | undefined): Cell {
  return { kind: "text", text: timeText(iso) };
}

/** `2026-03-04 14:05:06`, in UTC; where it is shown, the zone has to stand beside it. */
function timeText(iso: string | null | undefined): string {
  if (iso === undefined || iso === null) return "";
  const instant = Date.parse(iso);
  return Number.isNaN(instant) ? iso : new Date(instant).toISOString().slice(0, 19).replace("T", " ");
}

const sentenceFormat = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "UTC",
});

/** `4 Mar 2026, 14:05`, in UTC, for sentences; what cannot be read stays as it is. */
export function minuteText(iso: string): string {
  const instant = Date.parse(iso);
  return Number.isNaN(instant) ? iso : sentenceFormat.format(instant);
}

/** `between 4 Mar 2026, 14:05 and 5 Mar 2026, 09:00 UTC`; `at` where both are the same minute. */
export function rangeText(first: string, last: string): string {
  const [from, until] = [minuteText(first), minuteText(last)];
  return from === until ? `at ${from} UTC` : `between ${from} and ${until} UTC`;
}

/** Sentences, each on its own where there are several. */
export function prose(...sentences: readonly string[]): Prose {
  return { kind: "prose", sentences };
}

/** `1 message`, `2,000 messages`. */
export function countText(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? singular : plural}`;
}
