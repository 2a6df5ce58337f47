const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The text whose UTF-8 bytes are written in base64, either alphabet, padded or not; undefined where it is none. */
export function readBase64Text(text: string): string | undefined {
  const written = text
    .replace(/-/g, "+")
    .replace(/_/g, "/")
    .replace(/={1,2}$/, "");
  if (!/^[A-Za-z0-9+/]*$/.test(written) || written.length % 4 === 1) return undefined;
  const bytes: string[] = [];
  let bits = 0;
  let held = 0;
  for (let at = 0; at < written.length; at++) {
    bits = ((bits << 6) | digits.indexOf(written.charAt(at))) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push(`%${`0${((bits >> held) & 255).toString(16)}`.slice(-2)}`);
  }
  try {
    return decodeURIComponent(bytes.join(""));
  } catch {
    return undefined;
  }
}
