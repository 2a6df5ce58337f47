import type { IpFacts } from "../../../core/name-facts.ts";

/** Networks that are nobody's on the Internet: private, shared, local to a link or a host, multicast, reserved. */
const internal = {
  4: [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "224.0.0.0/3",
  ],
  6: ["::/127", "fc00::/7", "fe80::/10", "ff00::/8"],
} as const;

const zeros = "0000000000000000";

/** What the addresses of each begin with. */
const internalBits = { 4: internal[4].map(networkBits), 6: internal[6].map(networkBits) };

/** True for an address or a network with an address of which no stranger can send. */
export function isInternal(ip: IpFacts): boolean {
  const bits = bitsOf(ip);
  return internalBits[ip.version].some((others) => {
    const shared = Math.min(bits.length, others.length);
    return bits.slice(0, shared) === others.slice(0, shared);
  });
}

function networkBits(network: string): string {
  const [address = "", length] = network.split("/");
  return bitsOf({ version: address.indexOf(":") < 0 ? 4 : 6, address, prefix: Number(length) });
}

/** What all addresses of a network, or a single one, begin with in binary: `4:11001011...`. Of two networks that overlap, one's begins with the other's. */
export function bitsOf({ version, address, prefix }: IpFacts): string {
  return `${version}:${toBits(address).slice(0, prefix)}`;
}

/** True for a network of IPv6 that holds every IPv4 address as IPv6 writes it, such as `::ffff:192.0.2.7`. */
export function holdsAllOfIpv4({ version, address, prefix = 128 }: IpFacts): boolean {
  return version === 6 && prefix <= 96 && toBits("::ffff:0:0").slice(0, prefix) === toBits(address).slice(0, prefix);
}

function toBits(address: string): string {
  if (address.indexOf(":") < 0) return groupsToBits(address.split("."), 10, 8);
  const [before = "", after] = address.split("::");
  const head = before === "" ? [] : before.split(":");
  const tail = after === undefined || after === "" ? [] : after.split(":");
  while (head.length + tail.length < 8) head.push("0");
  return groupsToBits(head.concat(tail), 16, 16);
}

function groupsToBits(groups: readonly string[], radix: number, width: number): string {
  return groups.map((group) => `${zeros}${parseInt(group, radix).toString(2)}`.slice(-width)).join("");
}
