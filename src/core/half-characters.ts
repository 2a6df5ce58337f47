/** Whole characters first, so that what matches by itself is half a one, which no encoding has a place for. */
const surrogates = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g;

/** Puts a stand-in where a text holds half of a character, as cut or damaged text does. */
export function replaceHalfCharacters(text: string, standIn: string): string {
  return text.replace(surrogates, (match) => (match.length === 2 ? match : standIn));
}

/** True for a text that cannot be sent. */
export function hasHalfCharacter(text: string): boolean {
  return replaceHalfCharacters(text, "").length < text.length;
}
