import { visibleText } from "../../text/visible-text.ts";

/** Finished HTML. A class, because data read from JSON can look like any object but never be one of it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: finished HTML as it is, everything else as text. */
export type Piece = Markup | string | number | undefined | readonly Piece[];

// Nobody reads more of one value, and a few huge ones would make a page that no browser opens.
const mostCharacters = 2000;

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/**
 * Text by a stranger as HTML, for the inside of elements and of quoted attributes. What a reader could not see stands
 * there as `\u{...}`; of a huge text the beginning, and how much it lacks.
 */
export function escapeText(text: string): string {
  return visibleText(shorten(text)).replace(/[&<>"'`]/g, (character) => references[character] ?? "");
}

function shorten(text: string): string {
  if (text.length <= mostCharacters) return text;
  // Half a character at the cut would be shown as one that is broken.
  const start = text.slice(0, mostCharacters).replace(/[\ud800-\udbff]$/, "");
  return `${start} \u2026 (${(text.length - start.length).toLocaleString("en")} more characters)`;
}

/** The same for an address, path or id, which may go on in the next line behind its dots, slashes and the like. */
export function breakable(text: string): Markup {
  // No character reference and no \u{...} holds one of these.
  return new Markup(escapeText(text).replace(/[@./?=_:\]-]+(?=\w)/g, "$&<wbr>"));
}

/** A template of HTML: whatever is put into it is escaped unless it is Markup already; lists are joined. */
export function html(parts: readonly string[], ...pieces: readonly Piece[]): Markup {
  const written = parts.map((part, at) => (at === 0 ? part : `${pieceText(pieces[at - 1])}${part}`));
  return new Markup(written.join(""));
}

function pieceText(piece: Piece): string {
  if (piece === undefined) return "";
  if (piece instanceof Markup) return piece.text;
  if (Array.isArray(piece)) return piece.map(pieceText).join("");
  return escapeText(String(piece));
}
