import type { Arrival, Envelope } from "./mail.ts";

/** Takes a message through the filters: delivers, holds or drops it, and writes its trace record. */
export interface Gateway {
  process(arrival: Arrival): Promise<void>;
}

/** One message leaving the gateway. `cause` says why, for the journal and the mailbox listing. */
export interface Departure {
  guid: string;
  envelope: Envelope;
  raw: Buffer;
  cause: "delivered" | "released" | "forwarded";
}

/** The way out: a relay over SMTP, or the built-in mailboxes. Rejects when the relay refuses. */
export interface Outbound {
  deliver(departure: Departure): Promise<void>;
}
