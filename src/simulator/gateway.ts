import type { ExaminedPart, Filters } from "./filter/pipeline.ts";
import type { Arrival, Envelope, MailFacts, Verdict } from "./mail.ts";
import { domainOf, type OwnDomains } from "./smtp/own-domains.ts";
import type { Store } from "./store/store.ts";

/** What became of a message, or of the part of it that went to these recipients. */
export interface Handled {
  guid: string;
  recipients: string[];
  verdict: Verdict;
}

/** Takes a message through the filters: delivers, holds or drops it, and writes its trace record. */
export interface Gateway {
  /** One part, or several where lists treat the recipients differently; those that are delivered come first. */
  process(arrival: Arrival): Promise<[Handled, ...Handled[]]>;
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
  domains: OwnDomains;
  /** For the parts of a message after the first. */
  newGuid(): string;
  /** Takes one line for every part that the next server refused for good. */
  report(line: string): void;
}

/**
 * Joins filters, store and the way out.
 * A message that reaches nobody is neither traced nor journalled: its sender is told, and may try again. After one part has
 * left, another that is refused for good is reported only, like a single recipient; any other failure has the sender try again,
 * and the first part may come twice, but nothing is lost.
 */
export function createGateway({ filters, store, outbound, domains, newGuid, report }: GatewayParts): Gateway {
  return {
    async process(arrival) {
      if (arrival.envelope.to.length === 0) throw new Error("A message needs a recipient.");
      const { facts, parts } = await filters.examine(arrival);
      const handled: Handled[] = [];
      for (const [index, { recipients, verdict }] of inOrder(parts).entries()) {
        const guid = index === 0 ? arrival.guid : newGuid();
        const envelope = { ...arrival.envelope, to: recipients };
        const part = { ...arrival, guid, envelope, isPart: parts.length > 1 };
        try {
          await settle(part, facts, verdict);
        } catch (error) {
          if (handled.length === 0 || !isForGood(error)) throw error;
          report(`relay: refused ${recipients.join(", ")}; the other recipients have the mail`);
          continue;
        }
        store.trace(part, facts, verdict);
        if (verdict.action !== "reject") meet(part);
        handled.push({ guid, recipients, verdict });
      }
      return handled as [Handled, ...Handled[]];
    },
    rescan: filters.rescan,
  };

  async function settle(part: Arrival, facts: MailFacts, verdict: Verdict): Promise<void> {
    const { guid, envelope, raw } = part;
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
        const { localGuid, folder } = store.hold(part, facts, verdict);
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

  /** A recipient of the house becomes known as a user with his first mail. */
  function meet({ envelope, receivedAt }: Arrival): void {
    for (const address of envelope.to) {
      if (domains.includes(domainOf(address))) store.users.meet(address, Math.floor(receivedAt / 1000));
    }
  }
}

/** Whether the next server said that it will never take this. */
export function isForGood(error: unknown): boolean {
  return ((error as { responseCode?: number }).responseCode ?? 0) >= 500;
}

/**
 * Parts in the order in which they are dealt with: what can fail, because the next server refuses it, goes first. A part of a
 * message cannot be refused at the door for itself, so it is dropped.
 */
function inOrder(parts: readonly ExaminedPart[]): ExaminedPart[] {
  const isWhole = parts.every(({ verdict }) => verdict.action === "reject");
  const rank = ({ verdict }: ExaminedPart) => (verdict.action === "deliver" ? 0 : 1);
  return parts
    .map((part) =>
      part.verdict.action === "reject" && !isWhole
        ? { ...part, verdict: { ...part.verdict, action: "discard" as const } }
        : part,
    )
    .sort((left, right) => rank(left) - rank(right));
}
