import type { Json } from "../../../core/steps.ts";
import { type Entry, errorEntry, noteEntry, resultEntry } from "../entries/entry.ts";
import { tableToMarkdown } from "../entries/table-markdown.ts";
import { notesOf, recordsOf } from "./records.ts";
import type { Result } from "./xsoar-command.ts";

/** How records are shown and kept. */
export interface RecordView {
  title: string;
  columns: readonly string[];
  /** With its condition, by which XSOAR knows a record again. */
  contextKey: string;
  /** The raw response, in the shape of PPS's own answer. */
  wrap(result: Result): Json;
}

/**
 * A table of records beside their context. What the search lacks is told by a note, and by an error where something
 * failed, so that the rest is not lost and the task that asked does not pass for done.
 */
export function renderRecords(result: Result, { title, columns, contextKey, wrap }: RecordView): Entry[] {
  const records = recordsOf(result);
  const isFailed = (result.summary as { failed?: boolean }).failed === true;
  const notes = notesOf(result);
  const entries = [
    records.length === 0
      ? resultEntry({ contents: null, humanReadable: "No results found.", context: {} })
      : resultEntry({
          contents: wrap(result),
          humanReadable: tableToMarkdown(title, records, columns),
          context: { [contextKey]: records },
        }),
  ];
  if (notes.length > 0) entries.push(isFailed ? errorEntry(notes.join("\n")) : noteEntry(notes.join("\n")));
  return entries;
}
