import type { Json } from "../../../core/steps.ts";
import { toPythonNumber } from "./python-number.ts";

/** Which characters of a text are written as they are. */
export type Charset = "ascii" | "unicode";

/**
 * JSON as Python's `json.dumps` writes it on one line: `, ` and `: ` between. `ascii`: all outside blank to `~` becomes
 * a lower-case `\uXXXX`, astral characters as pairs, which is Python's default; `unicode`: what JSON allows stays.
 */
export function toPythonJson(value: Json, charset: Charset): string {
  if (typeof value === "string") return quote(value, charset);
  if (typeof value === "number") return toPythonNumber(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => toPythonJson(item, charset)).join(", ")}]`;
  const pairs: string[] = [];
  Object.keys(value).forEach((key) => {
    const inner = value[key];
    if (inner !== undefined) pairs.push(`${quote(key, charset)}: ${toPythonJson(inner, charset)}`);
  });
  return `{${pairs.join(", ")}}`;
}

const named: { [character: string]: string } = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
  "\b": "\\b",
};

function quote(text: string, charset: Charset): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped
  const escaped = charset === "ascii" ? /[^ -~]|["\\]/g : /[\u0000-\u001f"\\]/g;
  return `"${text.replace(escaped, (character) => named[character] ?? `\\u${hex(character.charCodeAt(0), 4)}`)}"`;
}

/** Lower-case hexadecimal of at least so many digits. */
export function hex(code: number, digits: number): string {
  const text = code.toString(16);
  return text.length >= digits ? text : `${"00000000".slice(0, digits - text.length)}${text}`;
}
