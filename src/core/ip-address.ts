import type { IpFacts } from "./name-facts.ts";

/** An IP address in its canonical spelling; one of IPv4 that IPv6 wraps up is read as IPv4. Undefined for anything else. */
export function readIpAddress(text: string): IpFacts | undefined {
  return text.indexOf("/") < 0 ? readIp(text) : undefined;
}

/** Reads an IP address or a network; undefined for anything else, also for spellings such as 0300.1 or a zone behind. */
export function readIp(text: string): IpFacts | undefined {
  const [address = "", length, ...more] = text.split("/");
  // The old writing ::192.0.2.7 means the IPv4 address on every other surface too.
  const groups = readFour(address) ?? readSix(address.replace(/^::(\d+\.)/, "::ffff:$1"));
  if (groups === undefined || more.length > 0) return undefined;
  const most = groups.length * 16;
  if (length === undefined) return factsOf(unmapped(groups) ?? groups);
  const prefix = Number(length);
  if (!/^\d{1,3}$/.test(length) || prefix > most) return undefined;
  // Of ::ffff:192.0.2.0/120 the first 96 bits only say that it is IPv4.
  const four = prefix >= 96 ? unmapped(groups) : undefined;
  return four === undefined ? networkOf(groups, prefix) : networkOf(four, prefix - 96);
}

/** Groups of 16 bits: two of them are IPv4, eight IPv6. */
function readFour(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number);
  return [a * 256 + b, c * 256 + d];
}

function readSix(text: string): number[] | undefined {
  const halves = text.split("::");
  if (text.indexOf(":") < 0 || halves.length > 2) return undefined;
  const [head, tail] = [readGroups(halves[0] ?? "", halves.length === 1), readGroups(halves[1] ?? "", true)];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1) return head.length === 8 ? head : undefined;
  if (missing < 1) return undefined;
  const zeros: number[] = [];
  while (zeros.length < missing) zeros.push(0);
  return head.concat(zeros, tail);
}

/** Groups between colons; at the end of an address the last two may be written as IPv4. */
function readGroups(text: string, isEnd: boolean): number[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  let groups: number[] = [];
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? "";
    if (/^[0-9a-f]{1,4}$/i.test(part)) {
      groups.push(parseInt(part, 16));
      continue;
    }
    const four = isEnd && index === parts.length - 1 ? readFour(part) : undefined;
    if (four === undefined) return undefined;
    groups = groups.concat(four);
  }
  return groups;
}

function unmapped(groups: number[]): number[] | undefined {
  const isMapped = groups.length === 8 && groups.slice(0, 6).join(",") === "0,0,0,0,0,65535";
  return isMapped ? groups.slice(6) : undefined;
}

function networkOf(groups: number[], prefix: number): IpFacts {
  const kept = groups.map((group, index) => {
    const bits = Math.max(0, Math.min(16, prefix - index * 16));
    return group & (0xffff << (16 - bits)) & 0xffff;
  });
  return { ...factsOf(kept), prefix };
}

function factsOf(groups: number[]): IpFacts {
  if (groups.length === 8) return { version: 6, address: writeSix(groups) };
  const [high = 0, low = 0] = groups;
  return { version: 4, address: [high >> 8, high & 255, low >> 8, low & 255].join(".") };
}

/** RFC 5952: the first of the longest runs of zeros, of two at least, is left out. */
function writeSix(groups: number[]): string {
  const hexes = groups.map((group) => group.toString(16));
  let [start, length] = [0, 1];
  for (let from = 0; from < 8; from++) {
    let to = from;
    while (to < 8 && groups[to] === 0) to++;
    if (to - from > length) [start, length] = [from, to - from];
  }
  if (length === 1) return hexes.join(":");
  return `${hexes.slice(0, start).join(":")}::${hexes.slice(start + length).join(":")}`;
}
