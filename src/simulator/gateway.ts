import type { Examined, Filters } from "./filter/pipeline.ts";
import type { Arrival, Envelope, Verdict } from "./mail.ts";
import type { Store } from "./store/store.ts";

/** Takes a message through the filters: delivers, holds or drops it, and writes its trace record. */
export interface Gateway {
  process(arrival: Arrival): Promise<Verdict>;
  /** What the virus, DLP and attachment rules say of a message that is about to be released; nothing happens to it. */
  rescan(arrival: Arrival): Promise<Verdict>;
}

/** One message leaving the gateway. `cause` says why, for the journal and the mailbox listing. */
export interface Departure {
  guid: string;
  envelope: Envelope;
  raw: Buffer;
  cause: "delivered" | "released" | "forwarded";
}

/** The way out: a relay over SMTP, or the built-in mailboxes. */
export interface Outbound {
  /** Resolves with the recipients that were reached, at least one; rejects when there was none. */
  deliver(departure: Departure): Promise<string[]>;
}

/** What a gateway joins. */
export interface GatewayParts {
  filters: Filters;
  store: Store;
  outbound: Outbound;
}

/**
 * Joins filters, store and the way out.
 * A message that reaches nobody is neither traced nor journalled: its sender is told, and may try again.
 */
export function createGateway({ filters, store, outbound }: GatewayParts): Gateway {
  return {
    async process(arrival) {
      const examined = await filters.examine(arrival);
      await settle(arrival, examined);
      store.trace(arrival, examined.facts, examined.verdict);
      return examined.verdict;
    },
    rescan: async (arrival) => (await filters.rescan(arrival)).verdict,
  };

  async function settle(arrival: Arrival, { facts, verdict }: Examined): Promise<void> {
    const { guid, envelope, raw } = arrival;
    const recipients = envelope.to;
    switch (verdict.action) {
      case "deliver":
        store.note({
          effect: "delivered",
          guid,
          recipients: await outbound.deliver({ guid, envelope, raw, cause: "delivered" }),
        });
        return;
      case "hold": {
        const { localGuid, folder } = store.hold(arrival, facts, verdict);
        store.note({ effect: "held", guid, localGuid, folder, recipients });
        return;
      }
      case "discard":
        store.note({ effect: "discarded", guid, recipients });
        return;
      case "reject":
        store.note({ effect: "rejected", guid, recipients });
        return;
    }
  }
}
