import { cellText } from "./cell.ts";

// A spreadsheet runs a cell that begins so, also with the full-width forms, as a formula.
const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
// Where the decimal sign is a comma, spreadsheets divide at semicolons, within quotes too: a cell may begin behind each.
const formulaBehindSemicolon = /;([\s"]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/** One RFC 4180 line with its line end; texts that a spreadsheet would run as a formula begin with an apostrophe. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: unknown): string {
  const text = cellText(value);
  const first = Array.isArray(value) ? value[0] : value;
  const begun = typeof first === "string" && formula.test(first) ? `'${text}` : text;
  const guarded = begun.replace(formulaBehindSemicolon, ";$1'");
  return /[",]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
