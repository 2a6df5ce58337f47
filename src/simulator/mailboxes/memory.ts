import type { Mailboxes, MailboxMessage } from "./mailboxes.ts";

/** Mailboxes that last as long as the process. `now` is in milliseconds. */
export function createMemoryMailboxes(now: () => number): Mailboxes {
  const boxes = new Map<string, MailboxMessage[]>();
  return {
    async deliver({ guid, envelope, raw, cause }) {
      const message = { guid, cause, at: new Date(now()).toISOString(), envelope, raw };
      for (const address of new Set(envelope.to.map((recipient) => recipient.toLowerCase()))) {
        const box = boxes.get(address);
        if (box) box.push(message);
        else boxes.set(address, [message]);
      }
      return envelope.to;
    },
    addresses: () => [...boxes].map(([address, messages]) => ({ address, messages: messages.length })).sort(byAddress),
    read: (address) => boxes.get(address.toLowerCase()) ?? [],
    clear: () => boxes.clear(),
  };
}

const byAddress = (a: { address: string }, b: { address: string }) => (a.address < b.address ? -1 : 1);
