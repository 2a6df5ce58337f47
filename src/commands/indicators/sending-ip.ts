import { readIpAddress } from "../../core/ip-address.ts";
import { isInternal } from "../lists/entry/internal-network.ts";
import { findOwnDomain } from "../lists/entry/own-domain.ts";

/** More relays than any message passes, and no more than a hostile header is worth. */
const mostHops = 50;
const longestHop = 2_000;

/** Relays that hand mail on for others: Proofpoint's own, which stand before the mailboxes of whoever has PPS. */
const gateways = ["pphosted.com", "ppe-hosted.com", "ppops.net"];

/** Between its own relays Exchange Online has addresses of this network, and names of several domains. */
const insideExchangeOnline = /^2603:10[0-9a-f]{2}:/;

interface Hop {
  /** Who it came from: the name the relay looked up, else the one that was claimed; lower case. */
  from: string;
  /** Public and canonical; "" where the header names none. */
  address: string;
  /** Who wrote the header. */
  by: string;
}

/**
 * The public address that handed the message to the organisation, from the Received headers, topmost first; "" where they
 * name none. What the organisation's own relays, PPS and Exchange Online passed among themselves is gone by; below the
 * first stranger everything may be forged.
 */
export function findSendingIp(received: readonly string[], ownDomains: readonly string[]): string {
  const hops = received.slice(0, mostHops).map(readHop);
  const [hop] = hops.filter((one, index) => one.address !== "" && !isOwnRelay(one, hops[index + 1], ownDomains));
  return hop?.address ?? "";
}

/** Own is what has an own name and wrote the header below: the name alone may be claimed by anybody. */
function isOwnRelay({ from, address, by }: Hop, below: Hop | undefined, ownDomains: readonly string[]): boolean {
  if (insideExchangeOnline.test(address)) return true;
  if (below === undefined || from === "" || lastLabels(below.by) !== lastLabels(from)) return false;
  if (lastLabels(by) === lastLabels(from)) return true;
  const own = findOwnDomain(from, ownDomains.concat(gateways));
  return own !== undefined && !own.isBelow;
}

function lastLabels(name: string): string {
  return name.split(".").slice(-2).join(".");
}

function readHop(header: string): Hop {
  const text = header.slice(0, longestHop).replace(/\s+/g, " ");
  const found = /(?:^| )by ([^\s;()]+)/i.exec(text);
  const before = /^ ?from /i.test(text) ? text.slice(0, found?.index ?? text.length) : "";
  const [, claimed = ""] = /^ ?from ([^\s;()]+)/i.exec(before) ?? [];
  const [, lookedUp = ""] = /\(([a-z0-9_-][a-z0-9._-]*\.[a-z][a-z0-9-]*)\.? ?\[/i.exec(before) ?? [];
  return {
    from: (lookedUp || claimed).toLowerCase(),
    address: publicAddress(before),
    by: (found?.[1] ?? "").toLowerCase(),
  };
}

/** The first public address of `name (helo [192.0.2.7])`, `[IPv6:2001:db8::1]`, `name (192.0.2.7)`. */
function publicAddress(text: string): string {
  const groups = text.match(/[[(][^[\]()]*/g) ?? [];
  // An address in square brackets is what the relay saw; in round ones some relays have it, some what was claimed.
  const squareFirst = groups.filter((group) => /^\[/.test(group)).concat(groups.filter((group) => /^\(/.test(group)));
  const [address = ""] = squareFirst
    .map(
      (group) =>
        group
          .slice(1)
          .replace(/^ipv6:/i, "")
          .split(/[\s%]/)[0] ?? "",
    )
    .map(publicOnly)
    .filter((one) => one !== "");
  return address;
}

/** The address in its canonical spelling, "" where it is none that a stranger may send from. */
export function publicOnly(text: string): string {
  const ip = readIpAddress(text);
  return ip === undefined || isInternal(ip) ? "" : ip.address;
}
