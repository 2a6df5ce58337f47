/** Character references that matter in addresses and common prose; senders use the rare ones to hide links. */
const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  tab: "",
  newline: "",
  colon: ":",
  sol: "/",
  bsol: "\\",
  period: ".",
  comma: ",",
  quest: "?",
  equals: "=",
  num: "#",
  percnt: "%",
  commat: "@",
  lowbar: "_",
  dash: "-",
  hyphen: "-",
  plus: "+",
  excl: "!",
  semi: ";",
  shy: "",
};

/** Characters beyond which nothing of a body is looked at: no reader gets there, and a hostile message would only cost time. */
export const longestBody = 4 * 1024 * 1024;

/** Replaces HTML character references; unknown ones stay as they are. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));?/gi, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/** What a reader sees of an HTML body, of 4 MiB at most and roughly: tags, scripts and styles taken out, one blank line at most. */
export function htmlToText(html: string): string {
  const visible = removeSections(removeSections(html.slice(0, longestBody), "script"), "style");
  const text = visible
    .replace(/<\/?(?:p|div|br|tr|li|h[1-6]|table|blockquote)\b[^<>]*>/gi, "\n")
    // A tag never reaches past the next "<": that keeps this linear for any input.
    .replace(/<[^<>]*>/g, " ");
  return decodeEntities(text)
    .replace(/[ \t\f\v\u00a0]+/g, " ")
    .replace(/ ?\r?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function removeSections(html: string, tag: string): string {
  const lower = html.toLowerCase();
  // Lower case may change a text's length; positions would then be wrong.
  if (lower.length !== html.length) return html;
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const start = lower.indexOf(`<${tag}`, at);
    if (start < 0) break;
    kept.push(html.slice(at, start));
    const end = lower.indexOf(`</${tag}`, start);
    if (end < 0) return kept.join("");
    at = end;
  }
  kept.push(html.slice(at));
  return kept.join("");
}
