import type { RunContext } from "../../../core/command.ts";
import { found, type Steps } from "../../../core/steps.ts";
import type { Message } from "../../quarantine/message.ts";
import { deletedFoldersOf } from "../../settled-folders.ts";
import { isSameFolder } from "../../site-folders.ts";
import { readText } from "../../wire.ts";
import type { ResponseItem } from "../response-item.ts";
import { findStop, type Suspect } from "./check.ts";
import { checkFilters } from "./filter-checks.ts";
import { lookFor, type Sight } from "./look-for.ts";
import { findOthers } from "./others.ts";
import { itemOf, planRelease, releaseAll } from "./release.ts";
import { judgeRelease, stopBy } from "./release-check.ts";
import { whyUntraced } from "./trace-check.ts";

/** What is to become of the others. */
export interface OthersWish {
  /** False: they are told of and left. */
  others: boolean;
  dlp: boolean;
  scan: boolean;
  /** The folder that was named, if one was. */
  folder?: string | undefined;
  deletedFolder?: string | undefined;
  since: number;
}

/** Tells of the others, or releases those that nothing stops. Gives whether more may be held. */
export function* respondToOthers(
  input: OthersWish,
  { message, trace }: Suspect,
  folder: string,
  notes: string[],
  context: RunContext,
): Steps<boolean> {
  const rule = readText(trace[0]?.finalRule);
  const { suspects, reasons, ...others } = yield* findOthers({ message, folder, rule, since: input.since }, context);
  for (const note of others.notes) notes.push(note);
  const sights = yield* lookAmongDeleted(suspects, folder, input, notes, context);
  const free: Message[] = [];
  const items: ResponseItem[] = [];
  suspects.forEach((suspect) => {
    const item = { ...itemOf(suspect.message), reasons };
    const filter = findStop(checkFilters(suspect, context.folders, input.dlp));
    const copies = sights.map((sight) => sight.of(suspect.message)).filter((copy) => copy !== undefined);
    const earlier = judgeRelease(suspect, {
      copies: copies.concat(suspect.message),
      settled: copies[0],
      isNamed: input.folder !== undefined,
    });
    const stop = filter ?? findStop([earlier.check]);
    // Nobody has looked at each of them: one of which the trace tells nothing waits for its own run, in whatever folder.
    const why = stop === undefined ? whyUntraced(suspect) : stop.detail;
    if (why === undefined) free.push(suspect.message);
    if (!input.others || (stop === undefined && why !== undefined)) {
      const message = why === undefined ? "Held for the same reason; left there." : `Held for the same reason. ${why}`;
      items.push({ ...item, outcome: "left", message });
    } else if (filter !== undefined) {
      items.push({ ...item, outcome: "refused", code: "refused", message: filter.detail });
    } else if (stop !== undefined) items.push({ ...item, ...stopBy(earlier) });
  });
  yield* found(items);
  if (input.others && free.length > 0) yield* releaseAll(free, planRelease(folder, input, context), context);
  if (!input.others && items.length > 0) {
    const verb = items.length === 1 ? "other is" : "others are";
    const which = free.length === items.length ? "them" : `the ${free.length} that nothing stops`;
    const way = free.length === 0 ? "none of them would be released" : `ask for others to release ${which} too`;
    notes.push(`${items.length} ${verb} held for the same reason (${reasons.join(", ")}); ${way}.`);
  }
  return others.truncated;
}

/** Another record of one of them may lie among released or deleted mail, as of the message itself. */
function* lookAmongDeleted(
  suspects: readonly Suspect[],
  folder: string,
  { deletedFolder }: OthersWish,
  notes: string[],
  context: RunContext,
): Steps<Sight[]> {
  const sights: Sight[] = [];
  if (suspects.length === 0) return sights;
  for (const name of deletedFoldersOf([folder], deletedFolder, context)) {
    if (isSameFolder(name, folder)) continue;
    const sight = yield* lookFor(
      suspects.map(({ message }) => message),
      name,
      context,
    );
    if (!sight.isWhole) notes.push(`Folder ${name} was not searched to its end for others that were released before.`);
    sights.push(sight);
  }
  return sights;
}
