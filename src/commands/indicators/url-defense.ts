import { readBase64Text } from "../../core/base64-text.ts";

/** Each round shortens the address; more layers than these come from nobody who wants to be read. */
const mostLayers = 5;

const rewritten = /^https?:\/\/urldefense(?:\.proofpoint)?\.(?:com|us)(?::\d+)?\/(v[123])\/([\s\S]*)$/i;

/**
 * The link behind one that Proofpoint's URL Defense rewrote, version 1 to 3, also one rewritten several times over. What
 * is not rewritten, or is damaged, comes back unchanged. The spelling is that of the decoder Proofpoint publishes
 * (help.proofpoint.com, "How do I decode a rewritten URL?", URLDefenseDecode.py 3.0.1).
 */
export function unwrapUrl(url: string): string {
  let link = url;
  for (let layer = 0; layer < mostLayers; layer++) {
    const inner = unwrapLayer(link);
    if (inner === undefined) return link;
    link = inner;
  }
  return link;
}

function unwrapLayer(url: string): string | undefined {
  const [, version = "", rest = ""] = rewritten.exec(url) ?? [];
  const link = layers[version.toLowerCase()]?.(rest);
  if (link === undefined || !/^[a-z][a-z0-9+.-]*:./i.test(link)) return undefined;
  // A line break in a link would be one in every list and report it is written into.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is encoded
  return link.replace(/[\u0000-\u0020\u007f-\u009f]/g, encodeURIComponent);
}

const layers: { [version: string]: (rest: string) => string | undefined } = {
  v1: (rest) => decodeValue(/^url\?(?:[^#]*?&)?u=([\s\S]+?)(?:&(?:amp;)?k=|$)/i.exec(rest)?.[1]),
  v2: (rest) => decodeValue(/^url\?(?:[^#]*?&)?u=([^&]+)/i.exec(rest)?.[1]?.replace(/-/g, "%").replace(/_/g, "/")),
  v3: (rest) => {
    const found = /^__([\s\S]+?)__;([^!]*)/.exec(rest);
    const replaced = readBase64Text(found?.[2] ?? "");
    if (found === null || replaced === undefined) return undefined;
    // Some mail programs take one of two slashes for a mistake.
    const link = (found[1] ?? "").replace(/^([a-z0-9+.-]+:\/)([^/])/i, "$1/$2");
    return fillIn(percentDecoded(link), wholeCharacters(replaced));
  },
};

/** The first two versions rewrite a page's own text, so that `&` may still be a character reference. */
function decodeValue(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return percentDecoded(value).replace(
    /&(amp|lt|gt|quot|apos|#39);/g,
    (_reference, name: string) => references[name] ?? "",
  );
}

const references: { [name: string]: string } = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", "#39": "'" };

/** Bytes that are no UTF-8 stay encoded. */
function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

function wholeCharacters(text: string): string[] {
  return text.match(/[\ud800-\udbff][\udc00-\udfff]|[\s\S]/g) ?? [];
}

const runLengths = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Puts the characters back that `*` stands for one of, and `**A` to `**_` for a run of two to 65. */
function fillIn(text: string, characters: readonly string[]): string | undefined {
  let used = 0;
  let isWhole = true;
  const filled = text.replace(/\*(?:\*(.))?/g, (_token, run: string | undefined) => {
    // An old engine gives an empty text for a group that took no part.
    const length = run ? runLengths.indexOf(run) + 2 : 1;
    if ((run && length < 2) || used + length > characters.length) isWhole = false;
    used += length;
    return characters.slice(used - length, used).join("");
  });
  return isWhole ? filled : undefined;
}
