// Blanks, then a sign, a text, another scalar, or the end.
const token =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a JSON text may not hold them
  /([ \t\r\n]*)(?:([[\]{},:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|$)/g;

type Wanted = "value" | "first value" | "name" | "first name" | "colon" | "comma" | "nothing";

/** Where a text stops being JSON, from 0; undefined for JSON. Engines word this differently, or do not say it. */
export function findJsonFault(text: string): number | undefined {
  const open: string[] = [];
  let wanted: Wanted = "value";
  let at = 0;
  for (;;) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match?.index !== at) return at + (/^[ \t\r\n]*/.exec(text.slice(at)) as RegExpExecArray)[0].length;
    const [whole, blanks = "", sign, name, scalar] = match;
    const start = at + blanks.length;
    // A group that took no part is undefined, or in an old engine an empty text.
    if (scalar && /[\w.]/.test(text.charAt(at + whole.length))) return start;
    const found = sign || (name ? "name" : scalar && "scalar");
    if (!found) return wanted === "nothing" ? undefined : start;
    const next = follow(open, wanted, found);
    if (next === undefined) return start;
    wanted = next;
    at += whole.length;
  }
}

/** What is wanted behind what was found; undefined where it was not wanted. Keeps `open`, the brackets still to be closed. */
function follow(open: string[], wanted: Wanted, found: string): Wanted | undefined {
  const isInList = open[open.length - 1] === "[";
  if (wanted === "value" || wanted === "first value") {
    if (found === "[" || found === "{") {
      open.push(found);
      return found === "[" ? "first value" : "first name";
    }
    if (found === "name" || found === "scalar") return behindValue(open);
    return wanted === "first value" && found === "]" ? close(open) : undefined;
  }
  if (wanted === "name" || wanted === "first name") {
    if (found === "name") return "colon";
    return wanted === "first name" && found === "}" ? close(open) : undefined;
  }
  if (wanted === "colon") return found === ":" ? "value" : undefined;
  if (wanted === "nothing") return undefined;
  if (found === ",") return isInList ? "value" : "name";
  return found === (isInList ? "]" : "}") ? close(open) : undefined;
}

function close(open: string[]): Wanted {
  open.pop();
  return behindValue(open);
}

function behindValue(open: readonly string[]): Wanted {
  return open.length === 0 ? "nothing" : "comma";
}
