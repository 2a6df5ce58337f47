import { propertyOf } from "./cell.ts";
import { singularOf } from "./singular.ts";

/**
 * What is said after a list: `say` may be silenced, `warn` not, for a list that is not complete must not look so, and
 * what a change did beside what was asked for must be known.
 */
export interface SummaryText {
  say: string[];
  warn: string[];
}

/** A result that is at its end. */
export interface SummaryOrder {
  /** What the list is called, such as `messages`; undefined where the result is one object. */
  list: string | undefined;
  count: number;
  summary: object;
  /** Something was, or would be, changed. */
  changes: boolean;
}

const notComplete = "This list is not complete.";

/** The sentences that end a result on stderr: how much of what, and the notes. */
export function summarize({ list, count, summary, changes }: SummaryOrder): SummaryText {
  const first = list === undefined ? [] : [totalText(list, count, summary)];
  const notes = textsOf(propertyOf(summary, "notes"));
  if (propertyOf(summary, "truncated") !== true && propertyOf(summary, "failed") !== true) {
    return changes ? { say: first, warn: notes } : { say: [...first, ...notes], warn: [] };
  }
  return { say: first, warn: [notComplete, ...notes] };
}

function totalText(list: string, count: number, summary: object): string {
  const counts = propertyOf(summary, "counts");
  const total = `${count} ${count === 1 ? singularOf(list) : list}`;
  if (isCounts(counts)) return `${total}: ${countsText(counts)}.`;
  return `${total}${searchedText(summary)}${count === 0 ? sinceText(summary) : ""}.`;
}

/** What a list that is known to lack something says at its own end, for whoever reads the file later. */
export function incompleteText(summary: object): string | undefined {
  if (propertyOf(summary, "truncated") !== true && propertyOf(summary, "failed") !== true) return undefined;
  return `# ${[notComplete, ...textsOf(propertyOf(summary, "notes"))].join(" ")}`;
}

/** True when part of a search broke off while the rest went on. */
export function isPartial(summary: object): boolean {
  return propertyOf(summary, "failed") === true;
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).filter(([, number]) => number > 0);
  return parts.length === 0 ? "nothing to do" : parts.map(([outcome, number]) => `${number} ${outcome}`).join(", ");
}

/** Which folders were searched; the ones a site does not have need no mention. */
function searchedText(summary: object): string {
  const searched = propertyOf(summary, "searched");
  if (!Array.isArray(searched)) return "";
  const names = searched
    .filter((entry) => propertyOf(entry, "state") === "searched")
    .map((entry) => String(propertyOf(entry, "folder")));
  if (names.length === 0) return "";
  return names.length > 3 ? ` in ${names.length} folders` : ` in ${names.join(", ")}`;
}

function isCounts(value: unknown): value is Readonly<Record<string, number>> {
  return (
    typeof value === "object" && value !== null && Object.values(value).every((count) => typeof count === "number")
  );
}

/** Nothing found has most often one reason: the search did not look back far enough. */
function sinceText(summary: object): string {
  const since = propertyOf(summary, "since");
  return typeof since === "string" ? ` since ${since}` : "";
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
}
