/** The sending host's address from `192.0.2.7` or `name [192.0.2.7]`; "" where there is none, or one of an inner network. */
export function readSendingAddress(text: string): string {
  const inside = /\[(?:ipv6:)?([0-9a-f.:]+)\]/i.exec(text);
  const address = (inside?.[1] ?? text).trim().toLowerCase();
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) {
    return /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(address) ? "" : address;
  }
  if (!/^[0-9a-f]*:[0-9a-f:]*$/.test(address)) return "";
  return /^(::1?$|f[cd]|fe[89ab])/.test(address) ? "" : address;
}

/** The neighbourhood of an address, mostly one customer's: its /24, of IPv6 its /64. */
export function networkOf(address: string): string {
  if (address.indexOf(":") < 0) return `${address.slice(0, address.lastIndexOf("."))}.0/24`;
  const [head = "", tail = ""] = address.split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail === "" ? [] : tail.split(":");
  while (first.length + last.length < 8) first.push("0");
  const groups = first.concat(last).slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+/, "") || "0").join(":")}::/64`;
}
