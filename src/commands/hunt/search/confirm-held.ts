import { isPpsError } from "../../../core/errors.ts";
import { takeEach } from "../../../core/overhearing.ts";
import { progress, type Steps, together } from "../../../core/steps.ts";
import { clockDifference, clockSlack } from "../../clock-slack.ts";
import { listMessages } from "../../quarantine/listing.ts";
import type { Message } from "../../quarantine/message.ts";
import { exactSender } from "../../quarantine/search.ts";
import { isSameFolder } from "../../site-folders.ts";
import type { Finding } from "../findings/findings.ts";
import type { HuntOrder } from "../hunt-order.ts";

const atOnce = 8;

/** Searches of one sender in one folder; beyond them, reading the folders takes fewer calls. */
const mostSearches = 200;

/** Messages of one sender that the trace says were put into one folder. */
interface Lookup {
  folder: string;
  /** Undefined where all are read. */
  sender: string | undefined;
  start: number;
  end: number;
}

/**
 * Looks whether messages that only the trace told of are held: quarantine cannot be searched for what named them, but for their
 * sender, in the folder and at the time the trace tells.
 */
export function* confirmHeld(order: HuntOrder, wasSearched: (finding: Finding) => boolean): Steps<void> {
  const lookups = planLookups(order, wasSearched);
  for (let at = 0; at < lookups.length; at += atOnce) {
    yield* together(lookups.slice(at, at + atOnce).map((lookup) => lookUp(order, lookup)));
    if (lookups.length > atOnce) {
      yield* progress(`${Math.min(at + atOnce, lookups.length)} of ${lookups.length} folders looked into`);
    }
  }
}

function planLookups(order: HuntOrder, wasSearched: (finding: Finding) => boolean): Lookup[] {
  const bySender: { [key: string]: Lookup } = Object.create(null);
  const byFolder: { [key: string]: Lookup } = Object.create(null);
  order.findings.list().forEach((finding) => {
    if (finding.heldIn.length > 0) return;
    finding.namedFolders.forEach((folder) => {
      const isKnown = order.folders.some((other) => isSameFolder(other, folder));
      if (isKnown ? wasSearched(finding) : order.areFoldersNamed) return;
      const sender = exactSender(finding.sender);
      widen(bySender, `${folder.toLowerCase()} ${sender?.toLowerCase() ?? ""}`, folder, sender, finding, order);
      widen(byFolder, folder.toLowerCase(), folder, undefined, finding, order);
    });
  });
  const chosen = Object.keys(bySender).length > mostSearches ? byFolder : bySender;
  return Object.keys(chosen).map((key) => chosen[key] as Lookup);
}

function widen(
  table: { [key: string]: Lookup },
  key: string,
  folder: string,
  sender: string | undefined,
  { time }: Finding,
  { since, until, now }: HuntOrder,
): void {
  const start = time === undefined ? since : time - clockDifference;
  const end = time === undefined ? (until ?? now + clockSlack) : time + clockDifference;
  const known = table[key];
  if (known === undefined) table[key] = { folder, sender, start, end };
  else {
    known.start = Math.min(known.start, start);
    known.end = Math.max(known.end, end);
  }
}

function* lookUp(
  { findings, journal, areFoldersNamed }: HuntOrder,
  { folder, sender, start, end }: Lookup,
): Steps<void> {
  const what = `Whether messages are still held in folder ${folder} could not be seen`;
  try {
    const listing = yield* takeEach(
      listMessages({
        folders: [folder],
        query: { sender },
        window: { start, end },
        limit: Number.POSITIVE_INFINITY,
        keep: () => true,
      }),
      (message: Message) => void findings.addToKnown(message),
    );
    if (listing.truncated) journal.truncated = true;
    listing.notes.forEach(journal.note);
  } catch (error) {
    if (!isPpsError(error) || error.code === "denied") throw error;
    const isAbsent = error.code === "refused" || error.code === "not_found";
    // A folder that is gone holds nothing; what was put there says so by its state.
    if (isAbsent && !areFoldersNamed) journal.note(`${what}: ${error.message}`);
    else {
      journal.heldFailed = true;
      journal.fail(error, [], what);
    }
  }
}

/** What was put into a folder nobody could look into may be held still: it is not called stopped. */
export function doubtUnseen({ findings, folders, areFoldersNamed, journal }: HuntOrder): void {
  findings.list().forEach((finding) => {
    if (finding.traced !== "stopped" || finding.namedFolders.length === 0) return;
    const isOutside = finding.namedFolders.some((folder) => !folders.some((other) => isSameFolder(other, folder)));
    if (journal.heldFailed || (areFoldersNamed && isOutside)) finding.traced = "unclear";
  });
}
