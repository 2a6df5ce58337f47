import { readIp, readIpAddress } from "../../core/ip-address.ts";

/** What no name holds: control characters, blanks, and ASCII signs but the hyphen and the underscore. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const foreign = /[\u0000-,/:-@[-^`{-\u00a0\u2000-\u200f\u2028-\u202f\u3000\ufeff]/;

/** True for what is written as a domain name of two labels or more, international or not. */
export function isDomain(text: string): boolean {
  if (text.length > 253) return false;
  const labels = text.split(".");
  const top = labels[labels.length - 1] as string;
  return labels.length > 1 && labels.every(isLabel) && !/^\d+$/.test(top);
}

function isLabel(label: string): boolean {
  return label.length > 0 && label.length < 64 && !foreign.test(label);
}

/** The domains above a name, nearest first and without its top, which is nobody's: for `a.b.example`, `b.example`. */
export function namesAbove(name: string): string[] {
  const labels = name.slice(0, 255).split(".");
  return labels.slice(1, -1).map((_label, index) => labels.slice(index + 1).join("."));
}

/** True for an IPv4 or IPv6 address. */
export function isIp(text: string): boolean {
  return readIpAddress(text) !== undefined;
}

/** True for an address with the length of a prefix behind it. */
export function isNetwork(text: string): boolean {
  return readIp(text)?.prefix !== undefined;
}
