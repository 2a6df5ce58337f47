import { PpsError } from "./errors.ts";
import type {
  ChoiceField,
  Field,
  FileField,
  IntegerField,
  JsonObject,
  ListField,
  MailField,
  ObjectField,
} from "./fields.ts";
import { hasHalfCharacter } from "./half-characters.ts";
import type { MailFile } from "./mail-file.ts";
import { quoteValue } from "./quoted-value.ts";
import { readTime } from "./time.ts";

/** Whose value is read, and when. */
export interface FieldReading {
  /** The field's own name, for the error. */
  key: string;
  /** What the surface calls it. */
  name: string;
  now: number;
}

/** Reads one value by its field. SOAR arguments are texts; typed values of a library caller pass the same bounds. */
export function readField(field: Field, value: unknown, reading: FieldReading): unknown {
  switch (field.kind) {
    case "text":
      return readText(value, field.maxLength, reading, field.multiline);
    case "pattern":
      return readPattern(value, field.maxLength, reading);
    case "time":
      return readTimeField(value, reading);
    case "integer":
      return readInteger(field, value, reading);
    case "choice":
      return readChoice(field, value, reading);
    case "flag":
      return readFlag(value, reading);
    case "list":
      return readList(field, value, reading);
    case "object":
      return readObject(field, value, reading);
    case "file":
      return readFileText(field, value, reading);
    case "mail":
      return readMail(field, value, reading);
  }
}

function refuse(reading: FieldReading, complaint: string, hint?: string): never {
  throw new PpsError("bad_input", `${reading.name} ${complaint}`, { field: reading.key, hint });
}

function readText(value: unknown, maxLength: number, reading: FieldReading, multiline = false): string {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") return refuse(reading, `takes a text, not ${quoteValue(value)}.`);
  const trimmed = text.trim();
  if (trimmed === "") return refuse(reading, "is blank.");
  if (trimmed.length > maxLength) {
    return refuse(reading, `is ${trimmed.length} characters long; at most ${maxLength} are taken.`);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(multiline ? trimmed.replace(/\r?\n/g, "") : trimmed))
    return refuse(reading, "holds a control character.");
  if (hasHalfCharacter(trimmed)) return refuse(reading, "holds half a character.");
  return trimmed;
}

/** A scalar as text, "" for anything else, so that no list or object passes for the text it would turn into. */
function scalarText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value).trim()
    : "";
}

function readPattern(value: unknown, maxLength: number, reading: FieldReading): string {
  const pattern = readText(value, maxLength, reading);
  if (pattern.length > 2 && pattern.slice(1, -1).indexOf("*") >= 0) {
    return refuse(reading, `takes * only at its start or end, not ${quoteValue(pattern)}.`);
  }
  return pattern;
}

function readTimeField(value: unknown, reading: FieldReading): number {
  const given = value instanceof Date ? value.getTime() : value;
  if (typeof given === "number") {
    // A smaller number was meant as seconds: as milliseconds it would lie in early 1970.
    const least = value instanceof Date ? 0 : 100_000_000_000;
    if (given >= least && given < 253_402_300_800_000) return given;
    return refuse(reading, `takes milliseconds since 1970, not ${quoteValue(given)}.`);
  }
  if (typeof given !== "string") return refuse(reading, `takes a time, not ${quoteValue(given)}.`);
  const read = readTime(given, reading.now);
  if ("time" in read) return read.time;
  return refuse(reading, `is not a time that can be read: ${quoteValue(given)}; ${read.complaint}`);
}

function readInteger(field: IntegerField, value: unknown, reading: FieldReading): number {
  const text = scalarText(value);
  if (field.orAll && (text.toLowerCase() === "all" || value === Infinity)) return Infinity;
  const number = Number(text);
  const range = `a whole number from ${field.min} to ${field.max}${field.orAll ? ", or all" : ""}`;
  if (!/^-?\d+$/.test(text) || number < field.min || number > field.max) {
    return refuse(reading, `takes ${range}, not ${quoteValue(value)}.`);
  }
  return number;
}

function readChoice(field: ChoiceField, value: unknown, reading: FieldReading): string {
  const text = scalarText(value).toLowerCase();
  const match = field.values.filter((candidate) => candidate.toLowerCase() === text)[0];
  return match ?? refuse(reading, `takes one of ${field.values.join(", ")}, not ${quoteValue(value)}.`);
}

function readFlag(value: unknown, reading: FieldReading): boolean {
  if (typeof value === "boolean") return value;
  const text = scalarText(value).toLowerCase();
  if (["true", "yes", "1", "t"].indexOf(text) >= 0) return true;
  if (["false", "no", "0", "f"].indexOf(text) >= 0) return false;
  return refuse(reading, `takes true or false, not ${quoteValue(value)}.`);
}

function readList(field: ListField, value: unknown, reading: FieldReading): string[] {
  const items = itemsOf(field, value, reading)
    .map((item) => (typeof item === "number" ? String(item) : item))
    .filter((item) => !(typeof item === "string" && item.trim() === ""));
  if (items.length === 0) return refuse(reading, "is an empty list.");
  if (items.length > field.maxItems) {
    return refuse(reading, `has ${items.length} items; at most ${field.maxItems} are taken in one call.`);
  }
  return items.map((item) => readText(item, field.maxLength, reading));
}

function itemsOf(field: ListField, value: unknown, reading: FieldReading): unknown[] {
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    value.forEach((item) => {
      (typeof item === "string" ? split(field, item) : [item]).forEach((piece) => {
        items.push(piece);
      });
    });
    return items;
  }
  if (typeof value !== "string" && typeof value !== "number") {
    return refuse(reading, `takes a list, not ${quoteValue(value)}.`);
  }
  const text = String(value).trim();
  if (text.charAt(0) === "[") {
    try {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed)) return parsed;
    } catch {
      // Not JSON after all: an item may begin with a bracket.
    }
  }
  return split(field, text);
}

/** One item may be a JSON object (a message as `--jsonl` prints it), whose commas are its own. */
function split(field: ListField, text: string): string[] {
  if (field.separator === "none" || text.trim().charAt(0) === "{") return [text];
  return text.split(",");
}

function readObject(field: ObjectField, value: unknown, reading: FieldReading): JsonObject {
  const text = typeof value === "string" ? value.trim() : JSON.stringify(value);
  if (text !== undefined && text.length > field.maxLength) {
    return refuse(reading, `is ${text.length} characters long; at most ${field.maxLength} are taken.`);
  }
  let parsed: unknown;
  try {
    // A caller's own object is copied, and loses what JSON cannot say.
    parsed = JSON.parse(text ?? "");
  } catch {
    // Never quoted: attributes may hold what is nobody else's business.
    return refuse(reading, "is no JSON that can be read.", objectHint(field));
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    return refuse(reading, "takes a JSON object.", objectHint(field));
  }
  return parsed as JsonObject;
}

function objectHint({ example = '{"key": "value"}' }: ObjectField): string {
  return `Write it as an object, such as ${example}.`;
}

function readFileText(field: FileField, value: unknown, reading: FieldReading): string {
  if (typeof value !== "string") return refuse(reading, `takes the text of a file, not ${quoteValue(value)}.`);
  if (value.length > field.maxLength) {
    return refuse(reading, `is ${value.length} characters long; at most ${field.maxLength} are taken.`);
  }
  if (value.indexOf("\u0000") >= 0) return refuse(reading, "is no text: it holds a NUL character.");
  return value.replace(/^\ufeff/, "");
}

/** A message is a file in the host's hands by now: no surface hands its bytes on as text. */
function readMail(field: MailField, value: unknown, reading: FieldReading): MailFile {
  const given = typeof value === "object" && value !== null ? (value as Partial<MailFile>) : {};
  if (typeof given.head !== "string" || given.handle === undefined) return refuse(reading, "takes a raw message.");
  const { sizeBytes = 0 } = given;
  if (sizeBytes > field.maxBytes) {
    return refuse(reading, `is ${sizeBytes} bytes long; at most ${field.maxBytes} are taken.`);
  }
  if (given.head.trim() === "") return refuse(reading, "is an empty message.");
  return given as MailFile;
}
