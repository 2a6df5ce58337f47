import { domainToASCII } from "node:url";

const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** A domain in lower case and ASCII (IDNA), without the root's dot; undefined where a text is no well-formed domain. */
export function readDomainName(text: string): string | undefined {
  // The URL rules of domainToASCII would cut at these or read digits as an address.
  if (/[\s/?#@:\\[\]%]/.test(text)) return undefined;
  const ascii = domainToASCII(text).replace(/\.$/, "");
  const labels = ascii.split(".");
  if (ascii.length > 253 || !labels.every((part) => label.test(part)) || /^\d+$/.test(labels.at(-1) ?? "")) {
    return undefined;
  }
  return ascii;
}
