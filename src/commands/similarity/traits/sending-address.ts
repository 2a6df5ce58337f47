import { readIp } from "../../../core/ip-address.ts";
import { publicOnly } from "../../indicators/sending-ip.ts";

/** The sending host's address from `192.0.2.7` or `name [192.0.2.7]`, canonical; "" where there is none, or one of an inner network. */
export function readSendingAddress(text: string): string {
  const inside = /\[(?:ipv6:)?([0-9a-f.:]+)\]/i.exec(text);
  return publicOnly((inside?.[1] ?? text).trim());
}

/** The neighbourhood of an address, mostly one customer's: its /24, of IPv6 its /64. */
export function networkOf(address: string): string {
  const prefix = address.indexOf(":") < 0 ? 24 : 64;
  return `${readIp(`${address}/${prefix}`)?.address ?? address}/${prefix}`;
}
