import { replaceHalfCharacters } from "./half-characters.ts";

/** A user's value as it may stand in a message: in quotes, short, on one line. Takes anything. */
export function quoteValue(value: unknown): string {
  const shown = typeof value === "string" ? value : writeOut(value);
  const cut = shown.length > 60 ? `${shown.slice(0, 60)}...` : shown;
  return `"${replaceHalfCharacters(cut, "?").replace(controls, " ")}"`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const controls = /[\u0000-\u001f\u007f-\u009f]+/g;

function writeOut(value: unknown): string {
  try {
    return String(JSON.stringify(value));
  } catch {
    // Circular, or a kind of number JSON does not know.
    return typeof value;
  }
}
