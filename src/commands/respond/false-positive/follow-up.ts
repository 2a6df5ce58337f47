import type { RunContext } from "../../../core/command.ts";
import { isPpsError } from "../../../core/errors.ts";
import { collect } from "../../../core/overhearing.ts";
import { pause, type Steps } from "../../../core/steps.ts";
import { asSentence } from "../../answers.ts";
import { clockSlack } from "../../clock-slack.ts";
import { type Listing, listMessages } from "../../quarantine/listing.ts";
import type { Message } from "../../quarantine/message.ts";
import { exactSender } from "../../quarantine/search.ts";
import type { ResponseItem } from "../response-item.ts";

/** Times to look for messages where they were to be put, and the time before each, in milliseconds. */
const looks = [0, 1000, 3000];

/** Requests spent on one look. */
const mostRequests = 25;

const second = 1000;

/** How far back a message without a known time is looked for. */
const lookBack = 30 * 86_400_000;

/** What was asked of PPS for these messages. */
export interface Asked {
  /** Where they are put afterwards; absent where the site has no such folder. */
  deletedFolder?: string;
  scan: boolean;
}

/** False while PPS may still be at work, or a scan may hold the message again: whatever its answer says (pps-api.md 4.3). */
export function isConclusive({ outcome }: ResponseItem): boolean {
  return outcome !== "done" && outcome !== "accepted";
}

/**
 * Tells what became of releases that PPS took. One is done when its message is seen where it was to be put; until then it
 * is only accepted, as a message that still lies where it was would be delivered again by a second release.
 */
export function* followUp(
  items: readonly ResponseItem[],
  { deletedFolder, scan }: Asked,
  context: RunContext,
): Steps<ResponseItem[]> {
  const isScanned = scan ? " The scan may hold it again." : "";
  if (deletedFolder === undefined) {
    return items.map((item) => (scan ? { ...item, message: `${asSentence(item.message)}${isScanned}` } : item));
  }
  let missing = items.slice();
  let isSeen = true;
  for (const milliseconds of looks) {
    if (missing.length === 0) break;
    if (milliseconds > 0) yield* pause(milliseconds);
    const sight = yield* lookFor(missing, deletedFolder, context);
    isSeen = sight.isWhole;
    missing = missing.filter((item) => !sight.messages.some((message) => isSame(item, message)));
  }
  return items.map((item): ResponseItem => {
    if (missing.indexOf(item) < 0) {
      return { ...item, outcome: "done", message: `Released; it lies in ${deletedFolder} now.` };
    }
    const seen = isSeen
      ? `It has not come to ${deletedFolder} yet.`
      : `Whether it has come to ${deletedFolder} could not be seen.`;
    return {
      ...item,
      outcome: "accepted",
      message: `${asSentence(item.message)} ${seen}${isScanned}`,
      hint: `Look whether it lies in ${deletedFolder} before it is released again.`,
    };
  });
}

/** Which of them a folder holds; not whole where it could not be read to the end. */
function* lookFor(
  items: readonly ResponseItem[],
  folder: string,
  { now }: RunContext,
): Steps<{ messages: Message[]; isWhole: boolean }> {
  const senders = items.map(({ sender }) => sender);
  const times = items.map(({ receivedAt }) => new Date(receivedAt ?? "").getTime());
  const isDated = times.every((time) => time > 0);
  const order = {
    folders: [folder],
    query: { sender: senders.every((sender) => sender === senders[0]) ? exactSender(senders[0]) : undefined },
    window: isDated
      ? {
          start: times.reduce((one, other) => Math.min(one, other)) - second,
          end: times.reduce((one, other) => Math.max(one, other)) + second,
        }
      : { start: now - lookBack, end: now + clockSlack },
    limit: Number.POSITIVE_INFINITY,
    mostRequests,
    keep: (message: Message) => items.some((item) => isSame(item, message)),
  };
  try {
    const { items: messages, result } = yield* collect<Message, Listing>(listMessages(order));
    return { messages, isWhole: !result.truncated };
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return { messages: [], isWhole: false };
  }
}

/** By its GUID, as a move may change its local id, and another message may have had that one. */
function isSame({ guid = "", localGuid }: ResponseItem, message: Message): boolean {
  return guid === "" ? message.localGuid === localGuid : message.guid === guid;
}
