import type { Outbound } from "../gateway.ts";
import type { Mailboxes } from "../mailboxes/mailboxes.ts";
import { createMaildirMailboxes } from "../mailboxes/maildir.ts";
import { createMemoryMailboxes } from "../mailboxes/memory.ts";
import { createRelay } from "./relay.ts";

/** How mail leaves this gateway. */
export interface WayOut extends Outbound {
  /** Throws an Error of one sentence when a relay takes the mail. */
  mailboxes(): Mailboxes;
  clear(): void;
  close(): void;
}

/** The relay where one is named (`host:port`), else mailboxes in the directory, else mailboxes in memory. */
export function openWayOut(
  relay: string | undefined,
  directory: string | undefined,
  now: () => number,
  report: (line: string) => void,
): WayOut {
  if (relay !== undefined) {
    const mailboxes = () => {
      throw new Error(`Mail leaves through the relay ${relay}, so there are no mailboxes here.`);
    };
    return { ...createRelay(relay, report), mailboxes, clear() {} };
  }
  const boxes = directory === undefined ? createMemoryMailboxes(now) : createMaildirMailboxes(directory, now);
  return { deliver: boxes.deliver, mailboxes: () => boxes, clear: boxes.clear, close() {} };
}
