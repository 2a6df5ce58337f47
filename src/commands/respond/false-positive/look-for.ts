import type { RunContext } from "../../../core/command.ts";
import { isPpsError } from "../../../core/errors.ts";
import { largest, smallest } from "../../../core/extremes.ts";
import { collect } from "../../../core/overhearing.ts";
import type { Steps } from "../../../core/steps.ts";
import { clockSlack } from "../../clock-slack.ts";
import { type Listing, listMessages } from "../../quarantine/listing.ts";
import type { Message } from "../../quarantine/message.ts";
import { exactSender } from "../../quarantine/search.ts";

/** Requests spent on one look. */
const mostRequests = 25;

const second = 1000;

/** How far back a message without a known time is looked for. */
const lookBack = 30 * 86_400_000;

/** A message as it was known where it lay before. */
export type Wanted = Partial<Pick<Message, "guid" | "localGuid" | "sender" | "receivedAt">>;

/** What was seen of messages in a folder. */
export interface Sight {
  /** The record that the folder has of one. */
  of(wanted: Wanted): Message | undefined;
  /** False where the folder could not be read to the end, so that what was not seen may lie there. */
  isWhole: boolean;
}

/** Looks which of these messages a folder holds. Never throws PpsError. */
export function* lookFor(wanted: readonly Wanted[], folder: string, { now }: RunContext): Steps<Sight> {
  const times = wanted.map(({ receivedAt }) => new Date(receivedAt ?? "").getTime());
  const isDated = times.every((time) => time > 0);
  const order = {
    folders: [folder],
    query: { sender: patternFor(wanted), status: true },
    window: isDated
      ? {
          start: smallest(times) - second,
          end: largest(times) + second,
        }
      : { start: now - lookBack, end: now + clockSlack },
    limit: Number.POSITIVE_INFINITY,
    mostRequests,
    keep: (message: Message) => wanted.some((one) => isSame(one, message)),
  };
  try {
    const { items, result } = yield* collect<Message, Listing>(listMessages(order));
    return { of: (one) => items.filter((message) => isSame(one, message))[0], isWhole: !result.truncated };
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return { of: () => undefined, isWhole: false };
  }
}

/** Their one sender, or the domain of all of them. */
function patternFor(wanted: readonly Wanted[]): string | undefined {
  const senders = wanted.map(({ sender = "" }) => sender.toLowerCase());
  const [first = ""] = senders;
  if (senders.every((sender) => sender === first)) return exactSender(wanted[0]?.sender);
  const ending = first.slice(first.lastIndexOf("@"));
  const isShared = ending.charAt(0) === "@" && senders.every((sender) => sender.slice(-ending.length) === ending);
  return isShared ? exactSender(ending) : undefined;
}

/** By its GUID, as a move may change its local id, and another message may have had that one. */
function isSame({ guid = "", localGuid }: Wanted, message: Message): boolean {
  return guid === "" ? message.localGuid === localGuid : message.guid === guid;
}
