import type { RunContext } from "../../../core/command.ts";
import { retell } from "../../../core/overhearing.ts";
import type { Steps } from "../../../core/steps.ts";
import { actOnAll } from "../../quarantine/actions/batch.ts";
import type { MessageOutcome } from "../../quarantine/actions/message-outcome.ts";
import type { Action } from "../../quarantine/actions/send.ts";
import type { ResponseItem } from "../response-item.ts";
import type { Deletion } from "./plan.ts";

/** Deletes each by a request of its own and hands on what became of it, beside all that was known of the message. */
export function* deleteMessages(deletions: readonly Deletion[], action: Action, context: RunContext): Steps<void> {
  const planned: Record<string, ResponseItem> = {};
  deletions.forEach(({ target, item }) => {
    planned[keyOf(target)] = item;
  });
  const targets = deletions.map(({ target }) => target);
  yield* retell(actOnAll(targets, action, context, []), (outcome: MessageOutcome) => {
    const { request: _, ...item } = planned[keyOf(outcome)] as ResponseItem;
    return { ...item, ...outcome };
  });
}

function keyOf({ folder, localGuid }: { folder: string; localGuid: string }): string {
  return `${folder}\n${localGuid}`;
}
