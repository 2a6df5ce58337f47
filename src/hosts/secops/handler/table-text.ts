import { cleanLine } from "../../../commands/answers.ts";
import type { Json } from "../../../core/steps.ts";
import type { ActionTable } from "./envelope.ts";
import { escapedCost } from "./json-cost.ts";

/** Rows of a table beside its header, and what all of them may cost, at most. */
const mostRows = 499;
const mostCost = 1024 * 1024;

/** A table and whether rows had to be left out. */
export interface MadeTable {
  table: ActionTable;
  isCut: boolean;
}

/** Makes a table of CSV lines (RFC 4180) from hostile texts. */
export function makeTable(title: string, columns: readonly string[], cells: readonly (readonly Json[])[]): MadeTable {
  const rows = [toRow(columns)];
  let cost = 0;
  for (const each of cells.slice(0, mostRows)) {
    const row = toRow(each);
    cost += escapedCost(row);
    if (cost > mostCost) break;
    rows.push(row);
  }
  return { table: { title, rows }, isCut: rows.length - 1 < cells.length };
}

function toRow(cells: readonly Json[]): string {
  return cells.map(toCell).join(",");
}

function toCell(value: Json): string {
  const line = cleanLine(textOf(value));
  // A spreadsheet would take such a text for a formula.
  const safe = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(line) ? `'${line}` : line;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function textOf(value: Json): string {
  if (value === null) return "";
  if (Array.isArray(value)) return value.map(textOf).join("; ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
