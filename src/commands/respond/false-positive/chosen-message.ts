import type { RunContext } from "../../../core/command.ts";
import { isPpsError, PpsError } from "../../../core/errors.ts";
import type { Steps } from "../../../core/steps.ts";
import { noteOf } from "../../answers.ts";
import { clockSlack } from "../../clock-slack.ts";
import { findMessage, type KnownMessage } from "../../message/known-message.ts";
import type { Message } from "../../quarantine/message.ts";
import { createWalk } from "../../quarantine/walk.ts";
import { deletedFoldersOf, isSettled } from "../../settled-folders.ts";
import { isSameFolder, spellFolder } from "../../site-folders.ts";

/** Requests spent on reading one folder for a local id, which PPS cannot search for. */
const mostRequests = 200;

/** What the records are to tell for the checks; never what a DLP rule matched (pps-api.md 2.4). */
const wishes = { dlp: "basic", status: true } as const;

/** Which message was held by mistake. */
export interface MessageChoice {
  guid?: string | undefined;
  localGuid?: string | undefined;
  folder?: string | undefined;
  deletedFolder?: string | undefined;
  since: number;
}

/** The message with everything known of it, and its record in a folder of released or deleted mail, if it has one. */
export interface ChosenMessage extends KnownMessage {
  guid: string;
  /** The record that is acted on; absent when no folder that was searched holds it. */
  held?: Message;
  settled?: Message;
}

/** Finds the message that is meant. Throws PpsError, `not_found` when nothing is known of it. */
export function* findChosen(choice: MessageChoice, context: RunContext, notes: string[]): Steps<ChosenMessage> {
  const folder = choice.folder === undefined ? undefined : spellFolder(context.folders, choice.folder);
  const known = choice.guid === undefined ? yield* findByLocalGuid(choice, folder ?? "", context, notes) : undefined;
  const guid = choice.guid ?? known?.guid ?? "";
  const order = {
    guid,
    since: choice.since,
    folders: folder === undefined ? undefined : [known?.folder ?? folder],
    alsoIn: (names: readonly string[]) => deletedFoldersOf(names, choice.deletedFolder, context),
    query: wishes,
    known,
  };
  // Without a guid PPS has neither a trace nor raw mail to give.
  const found: KnownMessage =
    guid === ""
      ? { quarantine: [], trace: [], raw: { state: "failed" }, isIncomplete: false }
      : yield* findMessage(order, context, notes);
  const records = found.quarantine.length === 0 && known !== undefined ? [known] : found.quarantine;
  const isMeant = ({ localGuid }: Message) => choice.localGuid === undefined || localGuid === choice.localGuid;
  const settled = records.filter((record) => isSettled(record.folder, choice.deletedFolder))[0];
  const open = records.filter((record) => !isSettled(record.folder, choice.deletedFolder));
  const held = open.filter(isMeant)[0] ?? (choice.guid === undefined ? undefined : open[0]);
  if (held !== undefined) noteCopies(open, held, notes);
  return {
    ...found,
    guid,
    quarantine: records,
    ...(held === undefined ? {} : { held }),
    ...(settled === undefined ? {} : { settled }),
  };
}

/** On some PPS a local id stays the same after a move, so that a released message is found by it (pps-api.md 2.4). */
function* findByLocalGuid(
  { localGuid = "", deletedFolder, since }: MessageChoice,
  folder: string,
  context: RunContext,
  notes: string[],
): Steps<Message> {
  const here = yield* readUntil(localGuid, folder, since, context);
  if (here !== undefined) return here;
  for (const other of deletedFoldersOf([folder], deletedFolder, context)) {
    if (isSameFolder(other, folder)) continue;
    try {
      const there = yield* readUntil(localGuid, other, since, context);
      if (there !== undefined) return there;
    } catch (error) {
      if (!isPpsError(error)) throw error;
      notes.push(`Folder ${other} could not be searched: ${noteOf(error)}`);
    }
  }
  throw new PpsError("not_found", `Folder ${folder} holds no message ${localGuid} of the time searched.`, {
    hint: [...notes, "It may have been released or deleted, which changes its local id; its guid stays."].join(" "),
  });
}

function* readUntil(localGuid: string, folder: string, since: number, { now }: RunContext): Steps<Message | undefined> {
  const walk = createWalk({ folder, ...wishes }, { start: since, end: now + clockSlack });
  while (!walk.isDone()) {
    if (walk.requests() >= mostRequests) {
      throw new PpsError(
        "not_found",
        `Message ${localGuid} was not found in the first ${mostRequests} answers of folder ${folder}.`,
        { hint: "Name its guid, or a later start." },
      );
    }
    yield* walk.fetch();
    while (walk.pending.length > 0) {
      const message = walk.pending.pop()?.message;
      if (message?.localGuid === localGuid) return message;
    }
  }
  return undefined;
}

function noteCopies(records: readonly Message[], held: Message, notes: string[]): void {
  const others = records.filter((record) => record !== held).map(({ folder }) => folder);
  if (others.length === 0) return;
  notes.push(`It is held in ${others.join(", ")} too; only the one in ${held.folder} is released.`);
}
