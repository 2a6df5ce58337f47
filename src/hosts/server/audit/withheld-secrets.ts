import { withoutKeys } from "../../../core/shown-address.ts";
import type { Json } from "../../../core/steps.ts";

const secretName = /pass(word|wd|phrase|code)|secret|token|credential|authorization|(api|private)[-_ ]?key/i;
/** What stands in a secret's place. */
export const mask = "***";
// Deeper than any real argument; what lies below is withheld.
const deepest = 50;

/**
 * A copy as JSON without the value of anything whose name says that it is a secret, also within texts that are JSON
 * themselves, as objects are on some surfaces.
 */
export function withholdSecrets(value: unknown, depth = 0): Json {
  if (value === null || value === undefined) return null;
  if (depth === deepest) return mask;
  if (typeof value === "string") return withholdInText(value, depth);
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value instanceof Date) return value.toJSON();
  if (Array.isArray(value)) return value.map((item) => withholdSecrets(item, depth + 1));
  if (typeof value !== "object") return String(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => [key, secretName.test(key) ? mask : withholdSecrets(toldMember(key, member), depth + 1)]);
  return Object.fromEntries(members) as Json;
}

/** Addresses of feeds often hold a key. */
function toldMember(key: string, member: unknown): unknown {
  return key === "url" && typeof member === "string" ? withoutKeys(member, mask) : member;
}

function withholdInText(text: string, depth: number): Json {
  if (!/[{[]/.test(text) || !secretName.test(text)) return text;
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === "object" ? JSON.stringify(withholdSecrets(content, depth + 1)) : text;
  } catch {
    // Something like JSON that names a secret: where that ends, nobody can tell.
    return mask;
  }
}
