/** One of what a list is called in English: `entry` of `entries`, `message` of `messages`. */
export function singularOf(plural: string): string {
  if (/ies$/i.test(plural)) return plural.replace(/ies$/i, "y");
  return plural.replace(/(?<=s|x|ch|sh)es$|s$/i, "");
}
