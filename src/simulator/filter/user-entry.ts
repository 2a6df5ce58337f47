import { domainOf } from "../smtp/own-domains.ts";

/**
 * Whether an entry of a user's own list is about this envelope sender, letter case ignored: an address is that address,
 * `@evil.example` that domain, `evil.example` the domain and all below it (pps-api.md 6). A bounce has no sender to list.
 */
export function concernsSender(entry: string, sender: string): boolean {
  const wanted = entry.toLowerCase();
  const at = wanted.lastIndexOf("@");
  if (at > 0) return sender.toLowerCase() === wanted;
  const domain = domainOf(sender);
  const listed = wanted.slice(at + 1);
  if (domain === "" || listed === "") return false;
  return domain === listed || (at < 0 && domain.endsWith(`.${listed}`));
}
