import { parseJson } from "../answers.ts";
import { isRecord } from "../wire.ts";
import { readListItem } from "./files/json-list.ts";
import { type ListFile, type ListRow, readListFile } from "./files/list-file.ts";

/** Entries as a person gave them: one by one, as an address or as JSON, and in a file. */
export interface WrittenEntries {
  entries?: readonly string[] | undefined;
  /** The file's text. */
  file?: string | undefined;
}

/** Reads both into rows; those of single entries have no place. Throws PpsError `bad_input` for a file that is no list. */
export function readRows({ entries = [], file }: WrittenEntries): ListFile {
  const rows = entries.map(readEntry);
  if (file === undefined) return { rows, isIncomplete: false };
  const read = readListFile(file, { field: "file" });
  return { rows: rows.concat(read.rows), isIncomplete: read.isIncomplete };
}

/** An entry is what a person writes, or an object as a listing prints it with `--jsonl`. */
function readEntry(text: string): ListRow {
  const record = text.charAt(0) === "{" ? parseJson(text) : undefined;
  return isRecord(record) ? (readListItem(record, "") ?? { entry: "", place: "" }) : { entry: text, place: "" };
}

/** What has to be said of a file that was cut before it was given. */
export function noteIncomplete(isIncomplete: boolean): string[] {
  return isIncomplete ? ["The file says of itself that it is not complete; what it lacks was left as it is."] : [];
}
