import { decodeEntities, longestBody } from "./html-text.ts";

/** Gathers the web addresses of a message: each once, in order of appearance, at most 500. */
export interface UrlCollection {
  /** One address as it is; what is none, or longer than 4,096 characters, is left out. */
  add(url: string): void;
  addText(text: string): void;
  /** `text` is what a reader sees of it. */
  addHtml(html: string, text: string): void;
  list(): string[];
}

const mostUrls = 500;
const longestUrl = 4096;
/** Each relative address is joined to it: a long one would cost time without end. */
const longestBase = 1000;

/** An empty collection. */
export function createUrlCollection(): UrlCollection {
  const urls = new Set<string>();

  function add(url: string): void {
    if (urls.size < mostUrls && url.length <= longestUrl && URL.canParse(url)) urls.add(url);
  }

  function addText(text: string): void {
    const found = text.slice(0, longestBody).matchAll(/(?:\b(?:https?|ftp):\/\/|\bwww\.)[^\s<>"`{}|\\^]+/gi);
    for (const [match] of found) {
      if (urls.size >= mostUrls) return;
      if (match.length > longestUrl) continue;
      const url = trimTrailing(match);
      add(/^www\./i.test(url) ? `http://${url}` : url);
    }
  }

  function addHtml(html: string, text: string): void {
    const source = html.slice(0, longestBody);
    const base = readBase(source);
    // Attributes are looked for without regard to tags: a quoted ">" before them is a known way to hide a link.
    for (const { name, value } of attributesOf(source)) {
      if (urls.size >= mostUrls) return;
      const url = name === "content" ? (/\burl\s*=\s*['"]?([^'"]+)/i.exec(value)?.[1] ?? "") : value;
      add(absolute(url, base));
    }
    addText(text);
  }

  return { add, addText, addHtml, list: () => [...urls] };
}

function* attributesOf(html: string): Generator<{ name: string; value: string }> {
  const pattern =
    /\b(href|src|action|formaction|background|poster|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/gi;
  for (const match of html.matchAll(pattern)) {
    yield { name: (match[1] ?? "").toLowerCase(), value: match[2] ?? match[3] ?? match[4] ?? "" };
  }
}

function readBase(html: string): string | undefined {
  const tag = /<base\b[^<>]*>/i.exec(html)?.[0];
  const href = tag === undefined ? undefined : [...attributesOf(tag)].find(({ name }) => name === "href")?.value;
  const isUsed = href !== undefined && href.length <= longestBase && /^https?:\/\//i.test(href);
  return isUsed ? decodeEntities(href) : undefined;
}

/** A web address as a browser would understand the attribute, "" when it is none. */
function absolute(value: string, base: string | undefined): string {
  // Browsers drop tabs and line breaks inside addresses; senders count on it.
  const url = decodeEntities(value)
    .replace(/[\t\r\n]+/g, "")
    .trim();
  if (/^(?:https?|ftp):/i.test(url)) return url;
  if (/^[\\/]{2}[^\\/]/.test(url)) return `https:${url.replace(/^[\\/]{2}/, "//")}`;
  const isRelative = url !== "" && !/^[a-z][a-z0-9+.-]*:/i.test(url) && !url.startsWith("#");
  return isRelative && base !== undefined && URL.canParse(url, base) ? new URL(url, base).href : "";
}

/** Takes off the punctuation of the sentence around an address, and a bracket that was opened before it. */
function trimTrailing(url: string): string {
  // Counted once: a message may hold thousands of addresses of thousands of brackets.
  let round = url.split(")").length - url.split("(").length;
  let square = url.split("]").length - url.split("[").length;
  let end = url.length;
  for (; end > 0; end--) {
    const last = url.charAt(end - 1);
    if (".,;:!?'*_~".includes(last)) continue;
    if (last === ")" && round > 0) round--;
    else if (last === "]" && square > 0) square--;
    else break;
  }
  return url.slice(0, end);
}
