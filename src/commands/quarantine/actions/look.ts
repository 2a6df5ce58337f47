import { isPpsError } from "../../../core/errors.ts";
import type { Steps } from "../../../core/steps.ts";
import { clockSlack } from "../../clock-slack.ts";
import { exactSender } from "../search.ts";
import { createWalk } from "../walk.ts";
import type { Target } from "./targets.ts";

const second = 1000;

/** How far back a message without a known time is looked for; folders seldom keep mail longer. */
const lookBack = 30 * 86_400_000;

/** Requests spent on one look before it is given up. */
const mostRequests = 25;

/**
 * `absent` and `unseen` are said only after the folder was read to the end of the time looked at; `unseen` where that time
 * was a guess, so that the message may be older. `unclear` when the folder could not be read so far.
 */
export type Sight = "present" | "absent" | "unseen" | "unclear";

/** Looks whether a message stands in a folder, by its local id there or, after a move, by its GUID. Never throws PpsError. */
export function* look(target: Target, folder: string, now: number): Steps<Sight> {
  const { receivedAt: known } = target;
  const window =
    known === undefined
      ? { start: now - lookBack, end: now + clockSlack }
      : { start: known - second, end: known + second };
  const walk = createWalk({ folder, sender: exactSender(target.sender) }, window);
  try {
    while (!walk.isDone() && walk.requests() < mostRequests) {
      yield* walk.fetch();
      while (walk.pending.length > 0) {
        const message = walk.pending.pop()?.message;
        if (message?.localGuid === target.localGuid) return "present";
        if (target.guid !== undefined && message?.guid === target.guid) return "present";
      }
    }
  } catch (error) {
    if (isPpsError(error)) return "unclear";
    throw error;
  }
  const isComplete = walk.isDone() && walk.incompleteSeconds.length === 0;
  if (!isComplete) return "unclear";
  return known === undefined ? "unseen" : "absent";
}
