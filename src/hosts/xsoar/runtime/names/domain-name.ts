import { decodeLabel, encodeLabel } from "./punycode.ts";

/** A domain in both its spellings, in lower case, without the root's dot. */
export interface DomainName {
  ascii: string;
  unicode: string;
}

const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * What IDNA takes as it is, once in lower case, of the scripts domains are mostly written in. What it would first have to
 * map or to compose needs tables that an ES5 engine does not bring, and so do the rules of scripts from right to left.
 */
const unmappable =
  /[^ -~\u00df-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u03ac-\u03ce\u0430-\u045f\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fa5\uac00-\ud7a3]/;

/** Reads a domain; undefined where a text is no well-formed domain, or one whose form this engine cannot tell. */
export function readDomainName(text: string): DomainName | undefined {
  const lower = text
    .toLowerCase()
    .replace(/\u3002/g, ".")
    .replace(/\.$/, "");
  if (unmappable.test(lower)) return undefined;
  const labels = lower.split(".").map(readLabel);
  const ascii = labels.map((part) => part?.ascii ?? "").join(".");
  const isWellFormed = labels.every((part) => part !== undefined && label.test(part.ascii));
  // What ends in a number, also a hexadecimal one, is taken for an address by browsers.
  if (!isWellFormed || ascii.length > 253 || /(^|\.)(\d+|0x[0-9a-f]*)$/.test(ascii)) return undefined;
  return { ascii, unicode: labels.map((part) => part?.unicode ?? "").join(".") };
}

function readLabel(text: string): DomainName | undefined {
  if (/[^ -~]/.test(text)) return { ascii: `xn--${encodeLabel(text)}`, unicode: text };
  if (text.slice(0, 4) !== "xn--") return { ascii: text, unicode: text };
  const decoded = decodeLabel(text.slice(4));
  // What does not come back the same is a name no software would write.
  if (decoded === undefined || `xn--${encodeLabel(decoded)}` !== text) return undefined;
  return { ascii: text, unicode: unmappable.test(decoded) ? text : decoded };
}
