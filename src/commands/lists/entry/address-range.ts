import type { Slip } from "./refusal.ts";

/** Ranges that take more networks are better thought about again. */
const mostNetworks = 6;

const aRange = "is a range of addresses, which is written as networks";

/** A range, wildcard or netmask of IP addresses, which lists take as networks only; undefined for anything else. */
export function findRange(name: string): Slip | undefined {
  if (name.indexOf(":") >= 0) return /[-\u2013*]/.test(name) ? { reason: aRange } : undefined;
  const wildcard = /^(\d+)\.(?:(\d+)\.(?:(\d+)\.\*|\*(?:\.\*)?)|\*(?:\.\*){0,2})$/.exec(name);
  if (wildcard !== null) {
    // An old engine gives an empty text for a group that took no part.
    const [one = "", two = "", three = ""] = wildcard.slice(1);
    const prefix = three ? 24 : two ? 16 : 8;
    return {
      reason: aRange,
      suggestion: isAddress([one, two || "0", three || "0"])
        ? `${one}.${two || "0"}.${three || "0"}.0/${prefix}`
        : undefined,
    };
  }
  const masked = /^([\d.]+) ?[/ ] ?([\d.]+\.[\d.]+)$/.exec(name);
  if (masked !== null) return { reason: "has a netmask instead of a prefix", suggestion: withPrefix(masked) };
  const range = /^(\d+\.\d+\.\d+\.)(\d+) ?[-\u2013] ?(?:(\d+\.\d+\.\d+\.\d+)|(\d+))$/.exec(name);
  if (range === null) return undefined;
  const first = toNumber(`${range[1]}${range[2]}`);
  const last = toNumber(range[3] || `${range[1]}${range[4]}`);
  if (first === undefined || last === undefined) return { reason: "is no range of IPv4 addresses" };
  if (last < first) return { reason: "ends before it begins" };
  const networks = networksBetween(first, last);
  return { reason: aRange, suggestion: networks.length > mostNetworks ? undefined : networks.join(", ") };
}

function isAddress(numbers: readonly string[]): boolean {
  return numbers.every((number) => /^\d{1,3}$/.test(number) && Number(number) <= 255);
}

function toNumber(address: string): number | undefined {
  const numbers = address.split(".");
  if (numbers.length !== 4 || !isAddress(numbers)) return undefined;
  return numbers.reduce((sum, number) => sum * 256 + Number(number), 0);
}

function toAddress(number: number): string {
  return [16777216, 65536, 256, 1].map((unit) => Math.floor(number / unit) % 256).join(".");
}

function withPrefix([, address = "", mask = ""]: RegExpExecArray): string | undefined {
  const first = toNumber(address);
  const size = toNumber(mask);
  if (first === undefined || size === undefined) return undefined;
  let hosts = 1;
  for (let prefix = 32; prefix >= 0; prefix--) {
    if (4294967296 - size === hosts) return `${toAddress(first - (first % hosts))}/${prefix}`;
    hosts *= 2;
  }
  return undefined;
}

function networksBetween(first: number, last: number): string[] {
  const networks: string[] = [];
  for (let start = first; start <= last && networks.length <= mostNetworks; ) {
    let size = 1;
    let prefix = 32;
    while (start % (size * 2) === 0 && start + size * 2 - 1 <= last) {
      size *= 2;
      prefix--;
    }
    networks.push(prefix === 32 ? toAddress(start) : `${toAddress(start)}/${prefix}`);
    start += size;
  }
  return networks;
}
