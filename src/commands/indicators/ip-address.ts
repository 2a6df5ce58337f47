import type { IpFacts } from "../../core/name-facts.ts";

/** An IP address in its canonical spelling (RFC 5952); one of IPv4 that IPv6 wraps up is read as IPv4. Undefined for anything else. */
export function readIpAddress(text: string): IpFacts | undefined {
  const given = text.toLowerCase();
  if (given.indexOf(":") < 0) {
    const bytes = readBytes(given);
    return bytes && { version: 4, address: bytes.join(".") };
  }
  const groups = readGroups(given);
  if (groups === undefined) return undefined;
  if (groups.slice(0, 6).join(":") === "0:0:0:0:0:65535") {
    const [high = 0, low = 0] = groups.slice(6);
    return { version: 4, address: [high >> 8, high & 255, low >> 8, low & 255].join(".") };
  }
  return { version: 6, address: writeGroups(groups) };
}

function readBytes(text: string): number[] | undefined {
  if (!/^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/.test(text)) return undefined;
  const bytes = text.split(".").map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function readGroups(text: string): number[] | undefined {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (tail !== null) {
    const [one = 0, two = 0, three = 0, four = 0] = readBytes(tail[2] ?? "") ?? [256];
    if (one > 255) return undefined;
    return readGroups(`${tail[1]}${(one * 256 + two).toString(16)}:${(three * 256 + four).toString(16)}`);
  }
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [before = [], after = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - before.length - after.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const zeros: string[] = [];
  while (zeros.length < missing) zeros.push("0");
  const groups = before.concat(zeros, after);
  return groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))
    ? groups.map((group) => parseInt(group, 16))
    : undefined;
}

/** The first of the longest runs of two zeros and more is written as `::`. */
function writeGroups(groups: readonly number[]): string {
  let start = 0;
  let length = 0;
  for (let at = 0; at < groups.length; at++) {
    let end = at;
    while (groups[end] === 0) end++;
    if (end - at > length) {
      start = at;
      length = end - at;
    }
  }
  const write = (part: readonly number[]) => part.map((group) => group.toString(16)).join(":");
  if (length < 2) return write(groups);
  return `${write(groups.slice(0, start))}::${write(groups.slice(start + length))}`;
}
