import { hasHalfCharacter } from "../../core/half-characters.ts";
import { quoteValue } from "../../core/quoted-value.ts";
import { unwrap } from "../lists/entry/unwrapped.ts";
import { withoutBrackets } from "../wire.ts";
import type { IntelKind } from "./intel.ts";
import { isDomain, isIp, isNetwork } from "./name-forms.ts";
import { coreOf } from "./starred-words.ts";

/** An indicator's kind and value, or why a text is none; the reason goes on behind the place where it stands. */
export type IndicatorReading = { kind: IntelKind; value: string } | { reason: string };

/** Longer than any web address people hand on. */
const longest = 4000;

/** Signs that may be peeled off one by one; nothing real wears more of them. */
const wrapping = /["'`()[\]{}<>]|mailto:/gi;
const mostWrapping = 60;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * Tells an indicator by its form: an address, a domain (`evil.example`, `@evil.example`, `*.evil.example`), an IP address or
 * network, a Message-ID in angle brackets, a link, or a hash (MD5, SHA-1, SHA-2); defanged or not.
 */
export function recogniseIndicator(given: string): IndicatorReading {
  const text = given.trim();
  const fault = findFault(text);
  if (fault !== undefined) return { reason: fault };
  if (/^<[^<>\s]+@[^<>\s]+>$/.test(text)) return readAs("messageId", text);
  const plain = unwrap(text);
  if (isLink(plain)) return readAs("url", text);
  if (isHash(plain)) return readAs("hash", text);
  if (readIp(plain) !== undefined) return readAs("ip", text);
  if (plain.indexOf("@") >= 0) return readAs("sender", text);
  if (isDomain(plain.replace(/^\*?\./, ""))) return readAs("domain", text);
  const host = plain.slice(0, Math.max(0, plain.indexOf("/")));
  if (isDomain(host) && !/\s/.test(plain)) return { kind: "url", value: plain };
  return {
    reason: `holds ${quoteValue(text)}, which is no address, domain, IP address, Message-ID in angle brackets, link or hash`,
  };
}

/** Reads a text that is known to be of one kind; a domain where a sender stands is read as a domain. */
export function readAs(kind: IntelKind, given: string): IndicatorReading {
  const text = given.trim();
  const fault = findFault(text);
  if (fault !== undefined) return { reason: fault };
  switch (kind) {
    case "sender":
    case "recipient":
      return readAddress(kind, text);
    case "replyTo": {
      const reading = readAddress("sender", text);
      return "reason" in reading ? reading : { kind, value: reading.value };
    }
    case "domain":
      return readDomain(text);
    case "ip": {
      const ip = readIp(unwrap(text));
      return ip === undefined ? no("IP address", text) : { kind, value: ip };
    }
    case "host": {
      const host = unwrap(text).toLowerCase();
      return isIp(host) || isDomain(host) ? { kind, value: host } : no("host", text);
    }
    case "url": {
      const url = unwrap(text).replace(/^h[xt*]{2}p(s?):/i, (_match, s: string) => `http${s.toLowerCase()}:`);
      return url === "" || /\s/.test(url) ? no("link", text) : { kind, value: url };
    }
    case "hash": {
      const hash = text.replace(/^(?:md5|sha-?\d+)[:=]/i, "").toLowerCase();
      return isHash(hash) ? { kind, value: hash } : no("MD5, SHA-1 or SHA-2 hash", text);
    }
    case "messageId": {
      const id = withoutBrackets(text);
      return id === "" || /[\s<>]/.test(id) ? no("Message-ID", text) : { kind, value: id };
    }
    default:
      return readWords(kind, text);
  }
}

function findFault(text: string): string | undefined {
  if (text === "") return "names nothing";
  if (text.length > longest) return `holds ${text.length} characters, too many for an indicator`;
  // Line breaks inside a folded subject count as blanks.
  if (controls.test(text.replace(/[\t\r\n]+/g, " "))) return "holds a control character";
  if (hasHalfCharacter(text)) return "holds half a character";
  return (text.match(wrapping) ?? []).length > mostWrapping
    ? "holds more brackets and quotes than an indicator"
    : undefined;
}

function no(what: string, text: string): IndicatorReading {
  return { reason: `holds ${quoteValue(text)}, which is no ${what}` };
}

/** An address or a network; a port behind an IPv4 address is left aside. */
function readIp(text: string): string | undefined {
  const ip = text.toLowerCase().replace(/^([\d.]+):\d{1,5}$/, "$1");
  return isIp(ip) || isNetwork(ip) ? ip : undefined;
}

function isLink(text: string): boolean {
  return /^[a-z][a-z0-9+.*-]*:\/\//i.test(text) && !/\s/.test(text);
}

function isHash(text: string): boolean {
  return /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i.test(text);
}

function readAddress(kind: "sender" | "recipient", given: string): IndicatorReading {
  const text = unwrap(given).toLowerCase();
  const at = text.lastIndexOf("@");
  const core = coreOf(text);
  if (core === "" || core === "@") return no("address", given);
  if (at < 0 && core === text && !isDomain(text)) return no("address", given);
  const name = text.slice(at + 1);
  if (kind === "sender" && (at < 0 || /^\*?@/.test(text)) && isDomain(name.replace(/^\*?\./, "")))
    return readDomain(name);
  if (core.indexOf("*") >= 0) return { reason: `holds ${quoteValue(given)}, with a * that is not at its start or end` };
  const isPart = core !== text;
  if (/\s/.test(text.replace(/^"(?:[^"\\]|\\.)*"/, ""))) return no("address", given);
  if (isPart) return { kind, value: text.replace(/^\*+/, "*").replace(/\*+$/, "*") };
  if (at < 0) return { kind, value: `*@${text}` };
  if (at === 0) return isDomain(name) ? { kind, value: `*${text}` } : no("address", given);
  const isSingle = text.indexOf("@") === at || text.charAt(0) === '"';
  return isSingle && (isDomain(name) || isIp(unwrap(name))) ? { kind, value: text } : no("address", given);
}

function readDomain(given: string): IndicatorReading {
  const text = unwrap(given).toLowerCase().replace(/^\*?@/, "");
  const name = text.replace(/^\*?\./, "");
  if (isIp(text)) return { kind: "ip", value: text };
  if (!isDomain(name)) return no("domain", given);
  return { kind: "domain", value: name === text ? name : `*.${name}` };
}

/** Words that stand for themselves: a subject, a file's or a virus's name. */
function readWords(kind: IntelKind, given: string): IndicatorReading {
  const text = given.replace(/\s+/g, " ");
  return coreOf(text) === ""
    ? { reason: `holds ${quoteValue(given)}, which would match everything` }
    : { kind, value: text };
}
