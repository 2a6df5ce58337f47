import { findJsonFault } from "./json-fault.ts";
import { entryNames, findParts, type ListFile, type ListRow, toRow } from "./list-row.ts";

type JsonObject = { [name: string]: unknown };

/** True for what begins as JSON; an IPv6 address in brackets does not. */
export function isJsonList(text: string): boolean {
  return /^\s*(?:\[\s*["{\]]|\{\s*["}])/.test(text);
}

/** Reads JSON or JSON lines; a text that says why it cannot be goes on behind `The file`. */
export function readJsonList(text: string): ListFile | string {
  const whole = parse(text);
  if (whole !== undefined) return readValue(whole.value);
  const lines = text.split(/\r\n?|\n/);
  const first = lines.filter((line) => line.trim() !== "")[0] ?? "";
  // Only where the first line is whole by itself does each line stand for itself.
  if (!isObject(parse(first)?.value)) {
    const place = findJsonFault(text) ?? text.length;
    const before = text.slice(0, place).split(/\r\n?|\n/);
    return `is JSON that breaks off or goes wrong on line ${before.length}, character ${(before[before.length - 1] as string).length + 1}.`;
  }
  return readLines(lines);
}

function readLines(lines: readonly string[]): ListFile | string {
  const items: { value: unknown; place: string }[] = [];
  let wrong: string | undefined;
  lines.forEach((line, index) => {
    if (line.trim() === "") return;
    const parsed = parse(line);
    if (parsed === undefined) wrong = wrong ?? `is JSON lines, but line ${index + 1} is no JSON.`;
    else items.push({ value: parsed.value, place: `line ${index + 1}` });
  });
  return wrong ?? readItems(items);
}

function readValue(value: unknown): ListFile | string {
  if (Array.isArray(value)) return readItems(value.map(toItem));
  if (!isObject(value)) return "is JSON, but no list.";
  if (!Array.isArray(value.entries)) return readItems([{ value, place: "item 1" }]);
  const read = readItems(value.entries.map(toItem));
  return typeof read === "string" ? read : { rows: read.rows, isIncomplete: read.isIncomplete || saysCut(value) };
}

function toItem(value: unknown, index: number): { value: unknown; place: string } {
  return { value, place: `item ${index + 1}` };
}

function readItems(items: readonly { value: unknown; place: string }[]): ListFile | string {
  const rows: ListRow[] = [];
  let isIncomplete = false;
  let wrong: string | undefined;
  items.forEach(({ value, place }) => {
    const row = toListRow(value, place);
    if (row !== undefined) rows.push(row);
    else if (isObject(value) && saysCut(value)) isIncomplete = true;
    else wrong = wrong ?? `has no entry in ${place}, which is neither a text nor an object with one of ${entryNames}.`;
  });
  return wrong ?? { rows, isIncomplete };
}

function toListRow(value: unknown, place: string): ListRow | undefined {
  if (typeof value === "string" && value.trim() !== "") return { entry: value.trim(), place };
  if (!isObject(value)) return undefined;
  const names = Object.keys(value);
  const parts = findParts(names);
  const row = toRow(place, (part) => {
    const found = parts[part] < 0 ? undefined : value[names[parts[part]] as string];
    return typeof found === "string" || (typeof found === "number" && part !== "entry") ? String(found) : "";
  });
  return row.entry === "" ? undefined : row;
}

function saysCut(value: JsonObject): boolean {
  return value.truncated === true || value.failed === true;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
