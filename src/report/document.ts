/** How something is to be taken; said in words too wherever it is shown, never by colour alone. */
export type Tone = "plain" | "info" | "good" | "notice" | "bad";

/** One value as a page shows it. */
export type Cell =
  | { kind: "text"; text: string; below?: string }
  /** An id, an address or a path, in letters that are all told apart. */
  | { kind: "code"; text: string; below?: string }
  | { kind: "number"; value: number }
  | { kind: "state"; text: string; tone: Tone; below?: string }
  | { kind: "lines"; lines: readonly string[]; isCode: boolean };

/** One of the main numbers, at the head of the page. */
export interface Tile {
  label: string;
  value: string | number;
  /** A few words on what the number holds. */
  detail?: string;
  tone: Tone;
}

/** Names and their values. */
export interface Facts {
  kind: "facts";
  facts: readonly { name: string; value: Cell }[];
}

/** A table; `missing` rows are left out of it. */
export interface Table {
  kind: "table";
  columns: readonly { title: string; isNumber: boolean }[];
  rows: readonly (readonly Cell[])[];
  missing: number;
  /** What stands there where there is no row at all. */
  empty: string;
}

/** A paragraph, or a list of sentences. */
export interface Prose {
  kind: "prose";
  sentences: readonly string[];
}

/** Messages over time by where they are, a plot. */
export interface Timeline {
  kind: "timeline";
  buckets: readonly Bucket[];
}

/** How many messages came in a stretch of time. */
export interface Bucket {
  /** Where it begins, milliseconds since 1970. */
  from: number;
  minutes: number;
  held: number;
  delivered: number;
  stopped: number;
  unclear: number;
}

/** A part of the report under its own heading. */
export interface Section {
  heading: string;
  blocks: readonly (Facts | Table | Prose | Timeline)[];
}

/** All that a report says, before it has a form. */
export interface ReportDocument {
  title: string;
  /** What was found and done, in a sentence or two. */
  lead: string;
  /** What must not be overlooked: that it is not complete, or that nothing was changed. */
  alerts: readonly { tone: Tone; text: string }[];
  tiles: readonly Tile[];
  sections: readonly Section[];
}
