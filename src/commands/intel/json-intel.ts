import type { Json } from "../../core/steps.ts";
import { parseJson } from "../answers.ts";
import { findJsonFault } from "../lists/files/json-fault.ts";
import { isRecord, type WireRecord } from "../wire.ts";
import type { Gathering } from "./gathering.ts";
import type { IntelFormat } from "./intel.ts";
import { findMispEvents, readMispEvents } from "./misp-intel.ts";
import { addRow, findShape } from "./rows.ts";
import { findStixObjects, readStixObjects } from "./stix/objects.ts";

/** Names under which an object keeps a list of indicators. */
const listNames = ["indicators", "iocs", "entries", "items", "results", "data", "values", "response"];

/** What a JSON text was read to: its format, whether it says it was cut, or why it is none; that goes on behind `The file`. */
export type JsonReading = { format: IntelFormat; isIncomplete: boolean } | string;

/** Reads JSON or JSON lines. */
export function readJsonIntel(text: string, gathering: Gathering): JsonReading {
  const whole = parseJson(text);
  if (whole !== undefined) return readValue(whole, (index) => `item ${index + 1}`, gathering);
  const lines = text.split(/\r\n?|\n/);
  const values: Json[] = [];
  const places: string[] = [];
  let wrong: string | undefined;
  lines.forEach((line, index) => {
    if (line.trim() === "") return;
    const value = parseJson(line);
    if (value === undefined) wrong = wrong ?? `is JSON lines, but line ${index + 1} is no JSON.`;
    else values.push(value);
    places.push(`line ${index + 1}`);
  });
  // Only where the first line is whole by itself does each line stand for itself.
  if (values.length === 0 || !isRecord(parseJson(lines.filter((line) => line.trim() !== "")[0] ?? ""))) {
    const before = text.slice(0, findJsonFault(text) ?? text.length).split(/\r\n?|\n/);
    const last = before[before.length - 1] as string;
    return `is JSON that breaks off or goes wrong on line ${before.length}, character ${last.length + 1}.`;
  }
  return wrong ?? readValue(values, (index) => places[index] as string, gathering);
}

function readValue(value: Json, placeOf: (index: number) => string, gathering: Gathering): JsonReading {
  const events = findMispEvents(value);
  if (events !== undefined) {
    readMispEvents(events, gathering);
    return { format: "misp", isIncomplete: false };
  }
  const objects = findStixObjects(value);
  if (objects !== undefined) {
    readStixObjects(objects, gathering);
    // A TAXII 2.1 envelope says `more` where another page follows.
    return { format: "stix", isIncomplete: isRecord(value) && value.more === true };
  }
  if (Array.isArray(value)) return readItems(value, placeOf, gathering);
  if (!isRecord(value)) return "is JSON, but no list of indicators.";
  const list = listNames.map((name) => value[name]).filter((candidate) => Array.isArray(candidate))[0];
  const isIndicator = findShape(Object.keys(value)) !== undefined;
  // An error's body would pass for a list that has become empty.
  if (!Array.isArray(list) && !isIndicator && !saysCut(value)) return "is JSON, but no list of indicators.";
  const read = readItems(Array.isArray(list) ? list : [value], placeOf, gathering);
  return typeof read === "string" ? read : { ...read, isIncomplete: read.isIncomplete || saysCut(value) };
}

function readItems(items: readonly Json[], placeOf: (index: number) => string, gathering: Gathering): JsonReading {
  let isIncomplete = false;
  items.forEach((item, index) => {
    const place = placeOf(index);
    if (isRecord(item) && saysCut(item)) isIncomplete = true;
    else if (typeof item === "string") gathering.add(place, item);
    else gathering.skip(place, addItem(item, place, gathering));
  });
  return { format: "json", isIncomplete };
}

function addItem(item: Json, place: string, gathering: Gathering): string | undefined {
  const names = isRecord(item) ? Object.keys(item) : [];
  const shape = findShape(names);
  if (shape === undefined) return "names no indicator";
  return addRow(gathering, place, shape, (at) => toCell((item as WireRecord)[names[at] as string]));
}

/** Tags come as a list. */
function toCell(value: Json | undefined): Json | undefined {
  if (!Array.isArray(value)) return value === null ? undefined : value;
  return value
    .slice(0, 20)
    .filter((item) => typeof item === "string")
    .join(", ");
}

function saysCut(value: WireRecord): boolean {
  return value.truncated === true || value.failed === true;
}
