/** What a reader sees of an HTML text, roughly. Takes time in proportion to its length, however the markup is broken. */
export function htmlToText(html: string): string {
  return withoutElements(html)
    .replace(/<[^<>]*>/g, " ")
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|nbsp);/gi, (_all, decimal?: string, hex?: string) => {
      const code = decimal === undefined ? Number.parseInt(hex ?? "20", 16) : Number(decimal);
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : " ";
    });
}

// Scripts and styles go with all they hold; one that never ends holds the rest.
function withoutElements(html: string): string {
  const kept: string[] = [];
  let at = 0;
  for (const { index, 1: name = "" } of html.matchAll(/<(script|style)\b/gi)) {
    if (index < at) continue;
    kept.push(html.slice(at, index));
    const closing = new RegExp(`</${name}\\s*>`, "gi");
    closing.lastIndex = index;
    if (closing.exec(html) === null) return kept.join(" ");
    at = closing.lastIndex;
  }
  return [...kept, html.slice(at)].join(" ");
}
