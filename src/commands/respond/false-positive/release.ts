import type { RunContext } from "../../../core/command.ts";
import { retell, takeEach } from "../../../core/overhearing.ts";
import { found, type Steps } from "../../../core/steps.ts";
import { findBlocker, notSent, type Outcome } from "../../outcome.ts";
import { actOnAll } from "../../quarantine/actions/batch.ts";
import { readDestination } from "../../quarantine/actions/destination.ts";
import type { MessageOutcome } from "../../quarantine/actions/message-outcome.ts";
import { releaseAction } from "../../quarantine/actions/release-action.ts";
import { readTargets, type Target } from "../../quarantine/actions/targets.ts";
import type { Message } from "../../quarantine/message.ts";
import { deletedFolderOf } from "../../settled-folders.ts";
import type { ResponseItem } from "../response-item.ts";
import { followUp, isConclusive, patientLooks } from "./follow-up.ts";

/** Others that are sent off before they are looked for. */
const atOnce = 20;

/** How messages of one folder are released. */
export interface ReleasePlan {
  /** Where they are put afterwards; absent where the site has no such folder. */
  deletedFolder?: string;
  scan: boolean;
  notes: string[];
}

/** Where messages of a folder go once they are released, so that a second release finds none. Throws PpsError `bad_input`. */
export function planRelease(
  folder: string,
  input: { deletedFolder?: string | undefined; scan: boolean },
  context: RunContext,
): ReleasePlan {
  const { scan } = input;
  const { name, isConfigured } = deletedFolderOf(folder, context);
  if (input.deletedFolder === undefined && !isConfigured) {
    const note = `The settings name no folder ${name}, so that what is released stays in ${folder}: a second release would deliver it again.`;
    return { scan, notes: [note] };
  }
  const named = input.deletedFolder ?? name;
  const { folder: deletedFolder = named, notes } = readDestination(
    [{ folder, localGuid: "" }],
    named,
    "deletedFolder",
    context,
  );
  return { deletedFolder, scan, notes };
}

/** Releases one message, looks for it afterwards, hands its item on and gives it. */
export function* releaseOne(message: Message, plan: ReleasePlan, context: RunContext): Steps<ResponseItem> {
  const [target] = readTargets([JSON.stringify(message)], undefined, context.folders) as [Target];
  let item = itemOf(message);
  yield* takeEach<MessageOutcome, unknown>(actOnAll([target], releaseAction(plan), context, []), (outcome) => {
    item = { ...item, ...outcome };
  });
  if (item.outcome === "refused" && plan.deletedFolder !== undefined) {
    const hint = `If PPS has no folder ${plan.deletedFolder}, name the site's own folder for deleted mail.`;
    item = { ...item, hint: item.hint ?? hint };
  }
  const [told = item] = isConclusive(item) ? [item] : yield* followUp([item], plan, context);
  yield* found([told]);
  return told;
}

/**
 * Releases messages of one folder, looks for them afterwards, and hands on an item for each: of a few at a time, so that
 * little is left untold when the work is broken off. Once PPS has kept some waiting, it is not waited for again.
 */
export function* releaseAll(messages: readonly Message[], plan: ReleasePlan, context: RunContext): Steps<void> {
  let looks = patientLooks;
  let blocker: Outcome | undefined;
  for (let first = 0; first < messages.length; first += atOnce) {
    const few = messages.slice(first, first + atOnce);
    if (blocker !== undefined) {
      const untried = notSent(blocker);
      yield* found(few.map((message) => ({ ...itemOf(message), ...untried })));
      continue;
    }
    const { sent, open } = yield* sendAll(few, plan, context);
    blocker = findBlocker(sent);
    const told = yield* followUp(open, plan, context, looks);
    yield* found(told);
    if (told.some(({ outcome }) => outcome === "accepted")) looks = [0];
  }
}

/** Hands on at once what needs no second look, and gives the rest as open. */
function* sendAll(
  messages: readonly Message[],
  plan: ReleasePlan,
  context: RunContext,
): Steps<{ sent: ResponseItem[]; open: ResponseItem[] }> {
  const known: { [localGuid: string]: Message } = {};
  messages.forEach((message) => {
    known[`=${message.localGuid}`] = message;
  });
  const lines = messages.map((message) => JSON.stringify(message));
  const targets = readTargets(lines, undefined, context.folders);
  const sent: ResponseItem[] = [];
  yield* retell<MessageOutcome, unknown>(actOnAll(targets, releaseAction(plan), context, []), (outcome) => {
    const item = { ...itemOf(known[`=${outcome.localGuid}`] as Message), ...outcome };
    sent.push(item);
    return isConclusive(item) ? item : undefined;
  });
  return { sent, open: sent.filter((item) => !isConclusive(item)) };
}

/** What an item says of the message it is about; the outcome is still to come. */
export function itemOf(message: Message): ResponseItem {
  const { guid, localGuid, folder, receivedAt, sender, recipients, subject } = message;
  const about = { guid, localGuid, folder, state: "held", receivedAt, sender, recipients, subject } as const;
  return { action: "release", outcome: "left", message: "", ...about };
}
