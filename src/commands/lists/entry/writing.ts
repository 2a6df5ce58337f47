import { hasHalfCharacter } from "../../../core/half-characters.ts";
import { isLocalPart, plainLocalPart } from "./local-part.ts";
import { type Refusal, refuse, type Slip } from "./refusal.ts";
import { findSlip } from "./slips.ts";
import { unwrap } from "./unwrapped.ts";
import { hostOfWebAddress } from "./web-address.ts";

/** A text taken apart, before it is known what its name is. */
export interface Writing {
  /** `any`: an IP address, a network or a domain; the name decides. */
  form: "address" | "domain" | "subdomains" | "any";
  local?: string;
  /** Domain, IP address or network, as written. */
  name: string;
  isWebAddress?: boolean;
}

/** Longer than any web address people hand on. */
const longest = 4000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const controls = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/;

/** Takes a written entry apart, or says in one sentence why it cannot be one. */
export function readWriting(given: string): Writing | Refusal {
  if (given.length > longest)
    return refuse(given, { reason: `is ${given.length} characters long, too long for an entry` });
  const text = unwrap(given);
  // Looked for in both: a mailto: address may hold one encoded, and unwrapping takes line breaks for blanks.
  if (controls.test(given.trim()) || controls.test(text)) {
    return refuse(given, { reason: "holds a control character or a line break" });
  }
  if (hasHalfCharacter(given)) return refuse(given, { reason: "holds half a character" });
  const read = takeApart(text);
  return "reason" in read ? refuse(given, read) : read;
}

function takeApart(text: string): Writing | Slip {
  if (/^[^<>]*<\s*>$/.test(text)) {
    return { reason: "is the null sender, which bounces and receipts have; it is never put on a list" };
  }
  if (text === "") return { reason: "holds no entry" };
  const host = hostOfWebAddress(text);
  if (host !== undefined) return findSlip(undefined, host) ?? { form: "any", name: host, isWebAddress: true };
  // A quoted local part may hold an @ of its own.
  const quoted = /^("(?:[^"\\]|\\.)*") ?@ ?([\s\S]*)$/.exec(text);
  // Beside a single @ a blank is a slip of copying; anywhere else two words may stand side by side.
  const parts = quoted ? [quoted[1] as string, quoted[2] as string] : text.replace(/ @ |@ /g, "@").split("@");
  if (parts.length > 2) return { reason: "holds more than one @" };
  const written = parts[parts.length - 1] as string;
  const local = parts.length === 2 ? (parts[0] as string) : undefined;
  const slip = findSlip(local, written);
  if (slip !== undefined) return slip;
  const below = written.replace(/^\*?\./, "");
  if (local === undefined) return { form: below === written ? "any" : "subdomains", name: below };
  const name = written.replace(/^\[(?:ipv6:)?(.*)\]$/i, "$1");
  return local === "" || local === "*" ? { form: "domain", name } : readAddress(local, name);
}

function readAddress(written: string, name: string): Writing | Slip {
  const local = plainLocalPart(written.toLowerCase());
  if (local.length > 64) return { reason: "has more than 64 characters before the @" };
  if (isLocalPart(local)) return { form: "address", local, name };
  // Two entries may have run together, so that it is asked and not done.
  if (/^[^ ]+ $/.test(written)) return { reason: "has a blank before the @", suggestion: `${local.trim()}@${name}` };
  if (/\s/.test(local)) return { reason: "holds a blank before the @" };
  return { reason: "holds before the @ what no address holds there without quotes" };
}
