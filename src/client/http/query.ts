/** Encodes a query in wire order: everything but letters, digits and `-._~`, a blank as %20 (pps-api.md 2.1). */
export function encodeQuery(query: readonly (readonly [string, string])[] | undefined): string {
  if (query === undefined || query.length === 0) return "";
  return `?${query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&")}`;
}

function encode(text: string): string {
  // A lone surrogate cannot be written in UTF-8; it becomes the replacement character instead of an error.
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
