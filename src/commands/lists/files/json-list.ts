import type { Json } from "../../../core/steps.ts";
import { parseJson } from "../../answers.ts";
import { isRecord, type WireRecord } from "../../wire.ts";
import { findJsonFault } from "./json-fault.ts";
import { entryNames, findParts, type ListFile, type ListRow, toRow } from "./list-row.ts";

interface Item {
  value: Json;
  place: string;
}

/** True for what begins as JSON; an IPv6 address in brackets does not. */
export function isJsonList(text: string): boolean {
  return /^\s*(?:\[\s*["{\]]|\{\s*["}])/.test(text);
}

/** Reads JSON or JSON lines; a text that says why it cannot be goes on behind `The file`. */
export function readJsonList(text: string): ListFile | string {
  const whole = parseJson(text);
  if (whole !== undefined) return readValue(whole);
  const lines = text.split(/\r\n?|\n/);
  const first = lines.filter((line) => line.trim() !== "")[0] ?? "";
  // Only where the first line is whole by itself does each line stand for itself.
  if (!isRecord(parseJson(first))) {
    const place = findJsonFault(text) ?? text.length;
    const before = text.slice(0, place).split(/\r\n?|\n/);
    return `is JSON that breaks off or goes wrong on line ${before.length}, character ${(before[before.length - 1] as string).length + 1}.`;
  }
  return readLines(lines);
}

function readLines(lines: readonly string[]): ListFile | string {
  const items: Item[] = [];
  let wrong: string | undefined;
  lines.forEach((line, index) => {
    if (line.trim() === "") return;
    const value = parseJson(line);
    if (value === undefined) wrong = wrong ?? `is JSON lines, but line ${index + 1} is no JSON.`;
    else items.push({ value, place: `line ${index + 1}` });
  });
  return wrong ?? readItems(items);
}

function readValue(value: Json): ListFile | string {
  if (Array.isArray(value)) return readItems(value.map(toItem));
  if (!isRecord(value)) return "is JSON, but no list.";
  if (!Array.isArray(value.entries)) return readItems([{ value, place: "item 1" }]);
  const read = readItems(value.entries.map(toItem));
  return typeof read === "string" ? read : { rows: read.rows, isIncomplete: read.isIncomplete || saysCut(value) };
}

function toItem(value: Json, index: number): Item {
  return { value, place: `item ${index + 1}` };
}

function readItems(items: readonly Item[]): ListFile | string {
  const rows: ListRow[] = [];
  let isIncomplete = false;
  let wrong: string | undefined;
  items.forEach(({ value, place }) => {
    const row = readListItem(value, place);
    if (row !== undefined) rows.push(row);
    else if (isRecord(value) && saysCut(value)) isIncomplete = true;
    else wrong = wrong ?? `has no entry in ${place}, which is neither a text nor an object with one of ${entryNames}.`;
  });
  return wrong ?? { rows, isIncomplete };
}

/** One item of a list: a text, or an object that says more of its entry. Undefined where no entry stands in it. */
export function readListItem(value: Json, place: string): ListRow | undefined {
  if (typeof value === "string" && value.trim() !== "") return { entry: value.trim(), place };
  if (!isRecord(value)) return undefined;
  const names = Object.keys(value);
  const parts = findParts(names);
  const row = toRow(place, (part) => {
    const found = parts[part] < 0 ? undefined : value[names[parts[part]] as string];
    return typeof found === "string" || (typeof found === "number" && part !== "entry") ? String(found) : "";
  });
  return row.entry === "" ? undefined : row;
}

function saysCut(value: WireRecord): boolean {
  return value.truncated === true || value.failed === true;
}
