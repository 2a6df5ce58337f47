import { type Row, tableToMarkdown } from "../entries/table-markdown.ts";

/** More nobody reads in a war room. */
const mostRows = 200;

/** A table of the first rows; how many more there are stands below it, as context holds them all. */
export function boundedTable(title: string, rows: readonly Row[], columns: readonly string[]): string {
  const table = tableToMarkdown(title, rows.slice(0, mostRows), columns);
  const more = rows.length - mostRows;
  return more > 0 ? `${table}\n${more} more ${more === 1 ? "is" : "are"} in the context data.` : table;
}

/** Columns that no row has anything for are left out: a list of the organisation has no users. */
export function filledColumns(columns: readonly string[], rows: readonly Row[]): string[] {
  return columns.filter((column) => rows.some((row) => isFilled(row[column])));
}

function isFilled(value: Row[string]): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}
