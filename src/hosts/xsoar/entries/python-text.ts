import type { Json } from "../../../core/steps.ts";
import { hex } from "./python-json.ts";
import { toPythonNumber } from "./python-number.ts";

/** A value as Python's `str` shows it: a text as it is, `True`, `None`, and lists and objects in Python's own writing. */
export function toPythonText(value: Json): string {
  return typeof value === "string" ? value : toPythonLiteral(value);
}

/** A value as Python's `repr` shows it. */
function toPythonLiteral(value: Json): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "number") return toPythonNumber(value);
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return `[${value.map(toPythonLiteral).join(", ")}]`;
  const pairs: string[] = [];
  Object.keys(value).forEach((key) => {
    const inner = value[key];
    if (inner !== undefined) pairs.push(`${quote(key)}: ${toPythonLiteral(inner)}`);
  });
  return `{${pairs.join(", ")}}`;
}

/** Characters Python calls not printable, of those in use; it escapes unassigned ones too. */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped
  /[\ud800-\udbff][\udc00-\udfff]|[\u0000-\u001f\u007f-\u00a0\u00ad\u0600-\u0605\u061c\u06dd\u070f\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\uf8ff\ufeff\ufff9-\ufffb]/g;

const named: { [character: string]: string } = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Single quotes, unless the text holds such and no double ones. */
function quote(text: string): string {
  const mark = text.indexOf("'") >= 0 && text.indexOf('"') < 0 ? '"' : "'";
  const escaped = text
    .replace(/\\/g, "\\\\")
    .replace(unprintable, (found) => (found.length === 2 ? found : (named[found] ?? codeOf(found))));
  if (mark === "'") return `'${escaped.replace(/'/g, "\\'")}'`;
  return `"${escaped}"`;
}

function codeOf(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
}
