import stringWidth from "string-width";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Columns of a terminal that already visible text takes up. */
export function widthOf(text: string): number {
  return isPlain(text) ? text.length : stringWidth(text);
}

/** Cuts text to a number of terminal columns, at a whole character, marking the cut with an ellipsis. */
export function fitText(text: string, width: number): string {
  // Anything longer than this cannot fit; measuring all of a huge subject would be slow.
  const start = text.length > width * 16 ? text.slice(0, width * 16) : text;
  if (start.length === text.length && widthOf(text) <= width) return text;
  if (width <= 1) return "\u2026".slice(0, width);
  if (isPlain(start)) return `${start.slice(0, width - 1)}\u2026`;
  let fitted = "";
  let used = 0;
  for (const { segment } of graphemes.segment(start)) {
    used += stringWidth(segment);
    if (used > width - 1) break;
    fitted += segment;
  }
  return `${fitted}\u2026`;
}

/** Fills text up to a number of terminal columns; longer text stays as it is. */
export function padText(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
