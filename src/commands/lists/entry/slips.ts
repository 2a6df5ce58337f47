import { findRange } from "./address-range.ts";
import type { Slip } from "./refusal.ts";

const everybody: Slip = { reason: "would match every sender" };
const wildcardPlaces = "holds a * where none is taken: it stands before a domain, as in *.evil.example";

/** What is wrong with an entry that was taken apart at its @; undefined where nothing strikes before names are known. */
export function findSlip(local: string | undefined, name: string): Slip | undefined {
  return findWildcardSlip(local, name) ?? findNameSlip(local === undefined ? "" : `${local}@`, name);
}

function findWildcardSlip(local: string | undefined, name: string): Slip | undefined {
  const isAnybody = local === undefined || local === "" || local === "*";
  if (isAnybody && (/^[*.]+$/.test(name) || (local === "*" && name === ""))) return everybody;
  if (local !== undefined && /^\*?\./.test(name)) {
    const suggestion = isAnybody ? name.replace(/^\*?\.+/, "*.") : undefined;
    return { reason: "asks for all names below a domain, which is written without an @", suggestion };
  }
  if (!isAnybody && local.charAt(0) !== '"' && local.indexOf("*") >= 0) return { reason: wildcardPlaces };
  if (name.replace(/^\*\./, "").indexOf("*") < 0) return undefined;
  const below = /^\*[a-z0-9][^*]*$/i.test(name) && isAnybody ? `*.${name.slice(1)}` : undefined;
  return findRange(name) ?? { reason: wildcardPlaces, suggestion: below };
}

/** What is wrong with a name that stands for a domain, an IP address or a network, and is written behind `before`. */
function findNameSlip(before: string, name: string): Slip | undefined {
  if (name === "") return { reason: "names no domain and no IP address" };
  const range = findRange(name);
  if (range !== undefined) return range;
  const slip = findSignSlip(name) ?? findPartSlip(name);
  if (slip?.suggestion !== undefined) return { reason: slip.reason, suggestion: before + slip.suggestion };
  return slip ?? findAddressSlip(name);
}

function findSignSlip(name: string): Slip | undefined {
  if (/[,;]/.test(name)) {
    const isDot = /^[^,;\s]+[,;][a-z]+$/i.test(name);
    const sign = /,/.test(name) ? "a comma" : "a semicolon";
    return isDot
      ? { reason: `holds ${sign}`, suggestion: name.replace(/[,;]/, ".") }
      : { reason: `holds ${sign}: give one entry at a time` };
  }
  if (!/\s/.test(name)) return undefined;
  const joined = name.replace(/ ?([.\-/]) ?/g, "$1");
  return { reason: "holds a blank", suggestion: /\s/.test(joined) ? undefined : joined };
}

function findPartSlip(name: string): Slip | undefined {
  const port = /^([^:/]+):\d+$/.exec(name);
  if (port !== null) return { reason: "has a port, which no list knows", suggestion: port[1] };
  const path = /^([^/:]+\.[^/:]+)\/([\s\S]*)$/.exec(name);
  if (path !== null && !/^\d+$/.test(path[2] ?? "")) {
    return { reason: "has a path, which no list knows", suggestion: path[1] };
  }
  if (/\.\./.test(name)) return { reason: "has two dots in a row", suggestion: name.replace(/\.\.+/g, ".") };
  return undefined;
}

function findAddressSlip(name: string): Slip | undefined {
  const numbers = /^(\d+)\.(\d+)\.(\d+)\.(\d+)(\/\d+)?$/.exec(name);
  if (numbers === null) return undefined;
  if (numbers.slice(1, 5).some((number) => Number(number) > 255)) {
    return { reason: "is no IPv4 address: each of its numbers is 255 at most" };
  }
  if (Number((numbers[5] ?? "/0").slice(1)) > 32) {
    return { reason: "is no IPv4 network: its prefix is 32 bits at most" };
  }
  // Some programs read such a number as octal.
  const decimal = name.replace(/(^|[./])0+(\d)/g, "$1$2");
  return decimal === name
    ? undefined
    : { reason: "has leading zeros, which not all programs read alike", suggestion: decimal };
}
