import { readCsv } from "../../core/csv.ts";
import { quoteValue } from "../../core/quoted-value.ts";
import type { Gathering } from "./gathering.ts";
import { recogniseIndicator } from "./indicator-value.ts";
import type { IntelFormat } from "./intel.ts";
import { findKind } from "./kind-names.ts";
import { addRow, findShape, type RowShape, valueNames } from "./rows.ts";

const separators = [",", ";", "\t"];

interface Header {
  separator: string;
  /** Undefined where none of the columns holds indicators. */
  shape: RowShape | undefined;
  names: string[];
}

/** Reads CSV with a header, or text of one indicator a line; a text that says why it cannot be goes on behind `The file`. */
export function readTableIntel(text: string, gathering: Gathering): IntelFormat | string {
  const header = findHeader(text);
  if (header === undefined) {
    readLines(text, gathering);
    return "text";
  }
  const { separator, shape, names } = header;
  if (shape === undefined) {
    const found = quoteValue(names.map((name) => name.trim()).join(", "));
    return `has no column of indicators: of its columns ${found} none is one of ${valueNames}.`;
  }
  const { rows, openQuoteLine } = readCsv(text, separator);
  if (openQuoteLine !== undefined) return `has a quote on line ${openQuoteLine} that is never closed.`;
  let isBelow = false;
  rows.forEach(({ cells, line }) => {
    if (isRemark(cells) || cells.every((cell) => cell.trim() === "")) return;
    const place = `line ${line}`;
    if (isBelow)
      gathering.skip(
        place,
        addRow(gathering, place, shape, (index) => withoutGuard(cells[index] ?? "")),
      );
    isBelow = true;
  });
  return "csv";
}

/** The first line that is no remark, where it names columns. */
function findHeader(text: string): Header | undefined {
  const line = firstLine(text);
  const countOf = (separator: string) => line.split(separator).length;
  const separator = separators.reduce((most, other) => (countOf(other) > countOf(most) ? other : most), ",");
  const names = readCsv(line, separator).rows[0]?.cells ?? [];
  const shape = findShape(names);
  // Names of columns hold none of the signs that every indicator has one of.
  const isHeader = shape !== undefined || names.length > 1;
  return isHeader && names.every((name) => /^[^.@:/]*$/.test(name)) ? { separator, shape, names } : undefined;
}

/** The first line that is neither blank nor a remark. */
function firstLine(text: string): string {
  const lines = /([^\r\n]*)(?:[\r\n]+|$)/g;
  while (lines.lastIndex < text.length) {
    const line = lines.exec(text)?.[1] ?? "";
    if (!/^[ \t]*(?:#|$)/.test(line)) return line;
  }
  return "";
}

function isRemark([first = "", ...others]: readonly string[]): boolean {
  return first.trim().charAt(0) === "#" && others.every((cell) => cell.trim() === "");
}

/** A cell as it was before CSV writers kept spreadsheets from running it as a formula. */
function withoutGuard(cell: string): string {
  return cell.replace(/^'([=+\-@\uff1d\uff0b\uff0d\uff20])/, "$1");
}

function readLines(text: string, gathering: Gathering): void {
  text.split(/\r\n?|\n/).forEach((line, index) => {
    const whole = line.trim();
    if (whole === "" || whole.charAt(0) === "#") return;
    addLine(gathering, `line ${index + 1}`, whole);
  });
}

function addLine(gathering: Gathering, place: string, whole: string): void {
  // A subject may hold the sign; a link may too, but not behind a blank.
  const told = /^([a-z][a-z0-9 -]{0,20}):(\/\/)?\s*/i.exec(whole);
  const kind = told === null || told[2] ? undefined : findKind(told[1] as string);
  if (told !== null && kind !== undefined) {
    const stated = whole.slice(told[0].length);
    const isWords = kind === "subject" || kind === "attachment" || kind === "virus";
    gathering.add(place, isWords ? stated : splitRemark(stated).text, kind);
    return;
  }
  const { text, remark } = splitRemark(whole);
  const facts = remark === "" ? undefined : { label: remark.slice(0, 200) };
  const first = withoutGuard(text.split(/[,;\t]/)[0] as string);
  const isFirst = "reason" in recogniseIndicator(text) && !("reason" in recogniseIndicator(first));
  gathering.add(place, isFirst ? first : text, undefined, facts);
}

function splitRemark(line: string): { text: string; remark: string } {
  const at = line.search(/\s#/);
  return at < 0 ? { text: line, remark: "" } : { text: line.slice(0, at).trim(), remark: line.slice(at + 2).trim() };
}
