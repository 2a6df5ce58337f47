import type { Json } from "../../../core/steps.ts";
import { toPythonJson } from "./python-json.ts";
import { toPythonText } from "./python-text.ts";

/** One row of a table: cells by column. */
export type Row = { readonly [column: string]: Json | undefined };

/**
 * A table for the War Room, byte by byte as the Python integration's (xsoar-platform.md 4). Without `columns` they are the keys
 * of the first row, sorted; without rows it says that there are no entries.
 */
export function tableToMarkdown(title: string, rows: readonly Row[], columns?: readonly string[]): string {
  const heading = `### ${title}\n`;
  const [first] = rows;
  if (first === undefined) return `${heading}**No entries.**\n`;
  const shown = columns ?? Object.keys(first).sort(byCodePoint);
  const lines = [`|${shown.map(escapeCell).join("|")}|`, `|${shown.map(() => "---").join("|")}|`].concat(
    rows.map((row) => `| ${shown.map((column) => escapeCell(cellText(row[column]))).join(" | ")} |`),
  );
  return `${heading}${lines.join("\n")}\n`;
}

/** Lines become breaks; pipe and backtick, which would end a cell or begin code, lose their meaning. */
function escapeCell(text: string): string {
  return text.replace(/\r\n|\r|\n/g, "<br>").replace(/[|`]/g, "\\$&");
}

function cellText(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return listText(value);
  if (typeof value !== "object") return toPythonJson(value, "unicode");
  const lines: string[] = [];
  Object.keys(value).forEach((key) => {
    const inner = value[key];
    if (inner !== undefined) lines.push(`${key}: ${innerText(inner)}`);
  });
  return lines.join("\n");
}

function innerText(value: Json): string {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? listText(value) : toPythonJson(value, "unicode");
}

function listText(items: Json[]): string {
  return items.map(toPythonText).join(",\n");
}

/** As Python sorts: JavaScript's own order puts astral characters before some others. */
function byCodePoint(one: string, other: string): number {
  for (let index = 0; index < one.length && index < other.length; index++) {
    const difference = rankOf(one.charCodeAt(index)) - rankOf(other.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

function rankOf(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
