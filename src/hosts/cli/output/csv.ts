import { cellText } from "./cell.ts";

// A spreadsheet runs a cell that begins so, also with the full-width forms, as a formula.
const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** One RFC 4180 line with its line end; texts that a spreadsheet would run as a formula begin with an apostrophe. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: unknown): string {
  const text = cellText(value);
  const first = Array.isArray(value) ? value[0] : value;
  const guarded = typeof first === "string" && formula.test(first) ? `'${text}` : text;
  return /[",]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
