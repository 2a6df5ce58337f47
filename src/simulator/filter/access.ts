import { BlockList, isIPv6 } from "node:net";
import type { FilterModule, Finding } from "./module.ts";
import type { Rules } from "./rules.ts";
import { globPattern } from "./text-pattern.ts";

/** Who may send at all: listed hosts and envelope senders are refused during the SMTP dialogue, or their mail is dropped. */
export function createAccessModule(rules: Rules["access"]): FilterModule {
  const hosts = blockList(rules.blockedHosts);
  const blocked = rules.blockedSenders.map(globPattern);
  const discarded = rules.discardedSenders.map(globPattern);
  return {
    id: "access",
    examine({ peer, envelope }) {
      const findings: Finding[] = [];
      const sentBy = (patterns: RegExp[]) => patterns.some((pattern) => pattern.test(envelope.from));
      if (peer.ip && hosts.check(peer.ip, familyOf(peer.ip)))
        findings.push({ rule: "blocked_host", outcome: { action: "reject" } });
      if (sentBy(blocked)) findings.push({ rule: "blocked_sender", outcome: { action: "reject" } });
      if (sentBy(discarded)) findings.push({ rule: "discarded_sender", outcome: { action: "discard" } });
      return { findings };
    },
  };
}

function blockList(entries: string[]): BlockList {
  const hosts = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix] = entry.split("/");
    try {
      if (prefix === undefined) hosts.addAddress(address, familyOf(address));
      else hosts.addSubnet(address, Number(prefix), familyOf(address));
    } catch (cause) {
      throw new Error(`rule file: access.blockedHosts: "${entry}" is no address`, { cause });
    }
  }
  return hosts;
}

const familyOf = (address: string) => (isIPv6(address) ? "ipv6" : "ipv4");
