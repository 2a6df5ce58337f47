import { encodeText } from "./uri-text.ts";

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 of a text's UTF-8 bytes; what the host's own function makes of other than ASCII is not known (xsoar-platform.md 3). */
export function toBase64(text: string): string {
  const bytes = utf8Bytes(text);
  let encoded = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second, third] = bytes.slice(index, index + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    encoded += digits.charAt(bits >> 18) + digits.charAt((bits >> 12) & 63);
    encoded += second === undefined ? "=" : digits.charAt((bits >> 6) & 63);
    encoded += third === undefined ? "=" : digits.charAt(bits & 63);
  }
  return encoded;
}

function utf8Bytes(text: string): number[] {
  return encodeText(text)
    .replace(/%([0-9A-F]{2})/g, (_match, code) => String.fromCharCode(parseInt(code, 16)))
    .split("")
    .map((character) => character.charCodeAt(0));
}
