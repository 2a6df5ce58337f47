/** A piece of a STIX pattern. Words are in upper case; of a text, the quotes and escapes are undone. */
export interface StixToken {
  type: "sign" | "word" | "path" | "text" | "number" | "other";
  value: string;
}

// Blanks, then a path, a text, a constant that is none (t'...', h'...', b'...'), a sign, a number, or a word. What is none of
// these is matched too: else the search would go on, and over a long run of blanks take quadratic time, as it would over
// numbers without the bound on an object's type (250 characters in STIX 2.1, 3.1).
const token =
  /\s*(?:([a-z0-9-]{1,250}:(?:[a-z0-9_-]+|'(?:[^'\\]|\\.)*')(?:\[(?:\*|\d+)\]|\.[a-z0-9_-]+|\.'(?:[^'\\]|\\.)*')*)|'((?:[^'\\]|\\.)*)'|([thb]'(?:[^'\\]|\\.)*')|(==|!=|<>|<=|>=|[=<>[\](),])|([+-]?\d+(?:\.\d+)?)|([a-z]+)|$|([\s\S]))/gi;

/** Divides a pattern into its tokens; undefined where something in it is none. */
export function readStixTokens(pattern: string): StixToken[] | undefined {
  const tokens: StixToken[] = [];
  let at = 0;
  while (at < pattern.length) {
    token.lastIndex = at;
    const match = token.exec(pattern);
    if (match?.index !== at || match[7]) return undefined;
    at += match[0].length;
    const [, path, text, constant, sign, number, word] = match;
    // A text may be empty, and in an old engine so is a group that took no part.
    if (path) tokens.push({ type: "path", value: path });
    else if (constant) tokens.push({ type: "other", value: constant });
    else if (sign) tokens.push({ type: "sign", value: sign });
    else if (number) tokens.push({ type: "number", value: number });
    else if (word) tokens.push({ type: "word", value: word.toUpperCase() });
    else if (match[0].slice(-1) === "'") tokens.push({ type: "text", value: (text ?? "").replace(/\\(['\\])/g, "$1") });
  }
  return tokens;
}
