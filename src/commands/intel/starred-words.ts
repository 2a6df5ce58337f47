/** Words as they are compared: in lower case, with single blanks. */
export function spellWords(text: string): string {
  return text.replace(/\s+/g, " ").trim().toLowerCase();
}

/** What a pattern says between the stars it may begin and end with. */
export function coreOf(pattern: string): string {
  return pattern.replace(/^\*+|\*+$/g, "").trim();
}

/** Whether words match a pattern that may begin or end with `*`; both as `spellWords` gives them. */
export function matchesWords(pattern: string, words: string): boolean {
  const core = coreOf(pattern);
  const at = words.indexOf(core);
  if (at < 0) return false;
  const isOpenBefore = pattern.charAt(0) === "*";
  const isOpenAfter = pattern.charAt(pattern.length - 1) === "*";
  if (isOpenBefore) return isOpenAfter || words.slice(words.length - core.length) === core;
  return isOpenAfter ? at === 0 : words === core;
}

/** True for a text that stands for many. */
export function isPattern(text: string): boolean {
  return text.charAt(0) === "*" || text.charAt(text.length - 1) === "*";
}
