import { replaceHalfCharacters } from "../../../core/half-characters.ts";

/** Percent-encodes a text as UTF-8; what is half a character becomes the replacement character instead of an error. */
export function encodeText(text: string): string {
  return encodeURIComponent(replaceHalfCharacters(text, "\ufffd"));
}

/** A value of a query or a form: only letters, digits and `_.-~` stay plain, a blank becomes `+` (xsoar-platform.md 4). */
export function encodeValue(text: string): string {
  return encodeText(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, "+");
}

/** A query or form in the order given. */
export function encodePairs(pairs: readonly (readonly [name: string, value: string])[]): string {
  return pairs.map(([name, value]) => `${encodeValue(name)}=${encodeValue(value)}`).join("&");
}
