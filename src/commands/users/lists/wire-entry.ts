import type { Entry } from "../../lists/entry/entry.ts";

/**
 * An entry as PPS spells it on a user's list: `@evil.example` is that domain only, `evil.example` the domain and every name
 * below it (pps-api.md 6). Undefined for what such a list cannot hold: it is about envelope senders.
 */
export function toWireEntry(entry: Entry): string | undefined {
  if (entry.kind === "ip" || entry.kind === "network") return undefined;
  return entry.kind === "subdomains" ? entry.text.replace(/^\*\./, "") : entry.text;
}

/** An entry of PPS in our words; what is no address and no domain stays as it is. */
export function fromWireEntry(wire: string): string {
  const isBareDomain = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.[a-z][a-z0-9-]*$/i.test(wire);
  return isBareDomain ? `*.${wire.toLowerCase()}` : wire;
}
