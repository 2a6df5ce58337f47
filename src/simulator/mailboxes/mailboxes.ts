import type { Departure, Outbound } from "../gateway.ts";
import type { Envelope } from "../mail.ts";

/** A message that left the gateway, as its recipient's mailbox holds it. */
export interface MailboxMessage {
  guid: string;
  cause: Departure["cause"];
  /** ISO 8601, the gateway's clock. */
  at: string;
  envelope: Envelope;
  raw: Buffer;
}

/** The built-in way out: one mailbox for every address, letter case ignored, in order of arrival. */
export interface Mailboxes extends Outbound {
  addresses(): { address: string; messages: number }[];
  read(address: string): MailboxMessage[];
  clear(): void;
}
