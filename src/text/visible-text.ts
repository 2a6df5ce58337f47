/**
 * What a terminal would act on, hide or reorder instead of showing it: controls, bidirectional and other format
 * marks, line separators, half surrogates, invisible characters. Joiners and emoji selectors have a use and stay.
 */
const unseen =
  /(?!\u200c|\u200d|\ufe0e|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

// They shape Persian and Indic words and emoji; beside a Latin letter or digit they only disguise.
const disguisingJoiner = /(?<=[!-~])[\u200c\u200d]|[\u200c\u200d](?=[!-~])/g;

// More marks on one letter than any script needs paint over the lines above and below.
const stackedMarks = /(\p{M}{8})\p{M}+/gu;

/** Text by a stranger, safe to print on one line: everything a reader could not see stands there as `\u{...}`. */
export function visibleText(text: string): string {
  return text.replace(stackedMarks, "$1").replace(disguisingJoiner, escapeCharacter).replace(unseen, escapeCharacter);
}

/** The same for a text of several lines, such as a stack trace, which stays on several lines. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visibleText).join("\n");
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** JSON whose text is the same data but holds nothing a terminal would act on or hide. */
export function safeJson(value: unknown, indent = 0): string {
  const written = JSON.stringify(value, undefined, indent) ?? "null";
  // A line feed is the layout's own: inside texts it is escaped already.
  return written.replace(unseen, (found) => (found === "\n" ? found : escapeUnits(found)));
}

function escapeUnits(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, "0"));
  return units.map((unit) => `\\u${unit}`).join("");
}
