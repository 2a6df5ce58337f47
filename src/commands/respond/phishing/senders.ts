import { domainOf } from "../../address-domain.ts";
import { firstOfEach } from "../../each-once.ts";
import type { MailIndicators } from "../../indicators/mail-indicators.ts";
import type { CampaignMessage } from "../../similarity/campaign.ts";
import { senderOf } from "./held-records.ts";

/** More entries would take longer to add than an attacker takes to change the sender. */
const most = 10;

/** Who is to be blocked, as the envelope names them, and how many more there are. */
export interface CampaignSenders {
  senders: string[];
  more: number;
  /** Those of them of whom nothing was found. */
  unseen: string[];
  /** Senders by the reported file alone, which are not blocked: it may be forged to have somebody blocked. */
  claimed: string[];
  /** Senders of what surely belongs by its content alone, the most frequent first: not blocked, for it may be copied from them. */
  untied: string[];
}

/**
 * The senders of what was reported, then the most frequent ones of what surely belongs to it and is tied to it by what PPS
 * recorded. Only envelope senders count: the lists compare these, and the address that a phish shows in its header is often
 * that of its victim. Whom only a file calls its sender counts where he is `confirmed` (lower case), or where a message of
 * his surely belongs and is tied to another.
 */
export function chooseSenders(
  seeds: readonly MailIndicators[],
  messages: readonly CampaignMessage[],
  confirmed: readonly string[],
): CampaignSenders {
  const times: Record<string, number> = {};
  const order: string[] = [];
  const count = (sender: string, by: number) => {
    const address = sender.trim().toLowerCase();
    if (address === "") return;
    const key = `${keyPrefix}${address}`;
    if (times[key] === undefined) order.push(address);
    times[key] = (times[key] ?? 0) + by;
  };
  seeds.forEach(({ envelopeSender, returnPath }) => {
    count(envelopeSender || returnPath, 0);
  });
  const reported = order.slice();
  messages.forEach(({ sender, strength, isTied }) => {
    if (strength === "strong" && isTied) count(sender, 1);
  });
  const timesOf = (address: string) => times[`${keyPrefix}${address}`] ?? 0;
  const others = order
    .slice(reported.length)
    .map((address, index) => ({ address, index }))
    .sort((one, other) => timesOf(other.address) - timesOf(one.address) || one.index - other.index)
    .map(({ address }) => address);
  const isSeen = (address: string) => timesOf(address) > 0;
  const isClaim = (address: string) => !isSeen(address) && confirmed.indexOf(address) < 0;
  const all = reported.filter((address) => !isClaim(address)).concat(others);
  const senders = all.slice(0, most);
  const untied = messages
    .filter(({ strength, isTied }) => strength === "strong" && !isTied)
    .map(senderOf)
    .filter((address) => address !== "" && order.indexOf(address) < 0);
  return {
    senders,
    more: Math.max(0, all.length - most),
    unseen: senders.filter((address) => !messages.some((message) => senderOf(message) === address)),
    claimed: reported.filter(isClaim),
    untied: firstOfEach(untied, (address) => address),
  };
}

/** No address of a stranger's may name a property that every object has. */
const keyPrefix = "sender ";

/** Their domains, each once. */
export function domainsOf(senders: readonly string[]): string[] {
  return firstOfEach(senders.map(domainOf), (domain) => domain).filter((domain) => domain !== "");
}
