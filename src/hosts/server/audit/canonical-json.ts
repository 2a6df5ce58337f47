import type { Json } from "../../../core/steps.ts";

/** The one way to write a value as JSON (as RFC 8785 does): keys in the order of their UTF-16 units, no blanks. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  // By hand: an object would give keys that look like numbers an order of their own.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as Json)}`);
  return `{${members.join(",")}}`;
}
