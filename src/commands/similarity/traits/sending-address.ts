import { readIp } from "../../../core/ip-address.ts";
import { publicOnly } from "../../indicators/sending-ip.ts";
import { addressIn } from "../../quarantine/message.ts";

/** The sending host's address as `addressIn` reads it; "" where there is none, or one of an inner network. */
export function readSendingAddress(text: string): string {
  return publicOnly(addressIn(text));
}

/** The neighbourhood of an address, mostly one customer's: its /24, of IPv6 its /64. */
export function networkOf(address: string): string {
  const prefix = address.indexOf(":") < 0 ? 24 : 64;
  return `${readIp(`${address}/${prefix}`)?.address ?? address}/${prefix}`;
}
