import { BlockList, isIPv6 } from "node:net";
import type { FilterModule } from "./module.ts";
import type { Rules } from "./rules.ts";

/** Who may send at all: listed hosts and envelope senders are refused during the SMTP dialogue. */
export function createAccessModule(rules: Rules["access"]): FilterModule {
  const hosts = new BlockList();
  for (const entry of rules.blockedHosts) {
    const [address = "", prefix] = entry.split("/");
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    if (prefix === undefined) hosts.addAddress(address, family);
    else hosts.addSubnet(address, Number(prefix), family);
  }
  const senders = rules.blockedSenders.map(globPattern);
  return {
    id: "access",
    examine({ peer, envelope }) {
      const findings = [];
      if (peer.ip && hosts.check(peer.ip, isIPv6(peer.ip) ? "ipv6" : "ipv4")) {
        findings.push({ rule: "blocked_host", outcome: { action: "reject" as const } });
      }
      if (senders.some((sender) => sender.test(envelope.from))) {
        findings.push({ rule: "blocked_sender", outcome: { action: "reject" as const } });
      }
      return { findings };
    },
  };
}

const globPattern = (glob: string) => new RegExp(`^${glob.split("*").map(escapeText).join(".*")}$`, "i");

const escapeText = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
