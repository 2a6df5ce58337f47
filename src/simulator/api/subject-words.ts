/** The English words that the subject analysis drops: the usual list of 33 (pps-api.md 5). */
const stopWords = new Set(
  "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with".split(
    " ",
  ),
);

/** The words of a subject query that count; stemming is left to the index. */
export function readSubjectWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words.filter((word) => !stopWords.has(word));
}
