import { type CsvRow, readCsv } from "../../../core/csv.ts";
import { quoteValue } from "../../../core/quoted-value.ts";
import { entryNames, findParts, type ListFile, type ListRow, toRow } from "./list-row.ts";

const separators = [",", ";", "\t"];

/** As our own CSV ends where a list was cut. */
const incompleteMark = /^"?# This list is not complete\./m;

/** Reads CSV or lines of text; a text that says why it cannot be goes on behind `The file`. */
export function readTableList(text: string): ListFile | string {
  const separator = findSeparator(text);
  // Without a header, people write what they like behind an entry, and lines for people only.
  const { rows, openQuoteLine } =
    separator === undefined
      ? readCsv(text.replace(/^[ \t]*#.*$/gm, ""), separators.join(""))
      : readCsv(text, separator);
  if (openQuoteLine !== undefined) return `has a quote on line ${openQuoteLine} that is never closed.`;
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const read = separator === undefined ? readLines(filled) : readColumns(filled);
  return typeof read === "string" ? read : { rows: read, isIncomplete: incompleteMark.test(text) };
}

/** The separator of the header; undefined for a file whose first row is no header. */
function findSeparator(text: string): string | undefined {
  const header = /^(?:[\r\n]+|[ \t]*#.*)*(.*)/.exec(text)?.[1] ?? "";
  const countOf = (separator: string) => header.split(separator).length;
  const separator = separators.reduce((most, other) => (countOf(other) > countOf(most) ? other : most), ",");
  const cells = readCsv(header, separator).rows[0]?.cells ?? [];
  const isHeader = findParts(cells).entry >= 0 || (cells.length > 1 && cells.every((cell) => /^[^.@:/]*$/.test(cell)));
  return isHeader ? separator : undefined;
}

function readColumns(rows: readonly CsvRow[]): ListRow[] | string {
  const [header, ...others] = rows.filter(({ cells }) => !isRemark(cells));
  const names = header?.cells ?? [];
  const parts = findParts(names);
  if (parts.entry < 0) {
    const found = quoteValue(names.map((name) => name.trim()).join(", "));
    return `has no column of entries: of its columns ${found} none is one of ${entryNames}.`;
  }
  const read = others.map(({ cells, line }) => toRow(`line ${line}`, (part) => withoutGuard(cells[parts[part]] ?? "")));
  const blank = read.filter(({ entry }) => entry === "")[0];
  return blank === undefined ? read : `has no entry on ${blank.place}.`;
}

/** A line for people only: no entry begins so, but what stands beside one may. */
function isRemark([first = "", ...others]: readonly string[]): boolean {
  return first.trim().charAt(0) === "#" && others.every((cell) => cell.trim() === "");
}

function readLines(rows: readonly CsvRow[]): ListRow[] {
  const read: ListRow[] = [];
  rows.forEach(({ cells, line }) => {
    const cell = withoutGuard(cells[0] as string);
    // A pattern for the blanks before it would take quadratic time for a long run of them.
    const at = cell.search(/\s#/);
    const entry = at < 0 ? cell : cell.slice(0, at);
    const comment = at < 0 ? "" : cell.slice(at + 2);
    read.push(toRow(`line ${line}`, (part) => (part === "entry" ? entry : part === "comment" ? comment : "")));
  });
  return read;
}

/** A cell as it was before our own CSV kept spreadsheets from running it as a formula. */
function withoutGuard(cell: string): string {
  return cell
    .replace(/^'([=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])/, "$1")
    .replace(/;([\s"]*)'([=+\-@\uff1d\uff0b\uff0d\uff20])/g, ";$1$2");
}
