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

/** True for an IPv4 or IPv6 address. */
export function isIp(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

/** True for an address with the length of a prefix behind it. */
export function isNetwork(text: string): boolean {
  const at = text.indexOf("/");
  const [address, prefix] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (!/^\d{1,3}$/.test(prefix)) return false;
  return (isIpv4(address) && Number(prefix) <= 32) || (isIpv6(address) && Number(prefix) <= 128);
}

function isIpv4(text: string): boolean {
  const numbers = text.length < 16 ? text.split(".") : [];
  return numbers.length === 4 && numbers.every((number) => /^(?:0|[1-9]\d{0,2})$/.test(number) && Number(number) < 256);
}

function isIpv6(text: string): boolean {
  if (text.length > 45 || !/^[0-9a-f:.]+$/i.test(text)) return false;
  const halves = text.split("::");
  if (halves.length > 2) return false;
  let groups = 0;
  const isWritten = halves.every((half, index) => {
    if (half === "") return halves.length === 2;
    const parts = half.split(":");
    const last = parts[parts.length - 1] as string;
    // The last 32 bits may be written as IPv4.
    const isMixed = index === halves.length - 1 && isIpv4(last);
    if (isMixed) parts.pop();
    groups += parts.length + (isMixed ? 2 : 0);
    return parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part));
  });
  return isWritten && (halves.length === 2 ? groups < 8 : groups === 8);
}
