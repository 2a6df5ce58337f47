import { isAmong } from "../../each-once.ts";
import type { Outcome } from "../../outcome.ts";
import type { Message } from "../../quarantine/message.ts";
import { findReleaseNote, statusesOf } from "../../quarantine/release-note.ts";
import { releasedFolders } from "../../settled-folders.ts";
import { isSameFolder } from "../../site-folders.ts";
import { readText } from "../../wire.ts";
import type { Check, Suspect } from "./check.ts";

const name = "released";

/** Where a message was found, for what that says of a release. */
export interface Whereabouts {
  /** All its records, in whatever folder. */
  copies: readonly Message[];
  /** The one among released or deleted mail. */
  settled?: Message | undefined;
  /** The folder it is in was named, so that a message somebody moved there is meant. */
  isNamed: boolean;
}

/** Whether the message was released before. */
export interface EarlierRelease {
  check: Check;
  /** What a message comes to that the check stops: `unchanged` only where it was released, as far as PPS notes that. */
  outcome: "unchanged" | "refused";
  hint?: string;
}

/** Judges by what PPS notes of the message and by its place, as nothing else tells of a release (pps-api.md 4.1, 8). */
export function judgeRelease({ message, trace }: Suspect, { copies, settled, isNamed }: Whereabouts): EarlierRelease {
  const note = findReleaseNote(copies);
  if (settled !== undefined) return judgeSettled(message, settled, note);
  if (note !== undefined) {
    const detail = `PPS notes that it was released already (${note}): another release would deliver it again.`;
    return stop("unchanged", detail, `If it is to be delivered once more, ${releaseByHand(message)}.`);
  }
  const first = readText(trace[0]?.quarantineFolder);
  if (first === "" || isSameFolder(first, message.folder)) {
    const noted =
      statusesOf(message).length === 0
        ? "PPS does not tell what was done with it; it"
        : "PPS notes no release of it, and it";
    return { check: { name, state: "ok", detail: `${noted} was not seen among deleted mail.` }, outcome: "refused" };
  }
  const moved = `It was put into ${first} and moved to ${message.folder} since, perhaps after a release`;
  return isNamed
    ? { check: { name, state: "warn", detail: `${moved}.` }, outcome: "refused" }
    : stop("refused", `${moved}; name folder ${message.folder} to have it released from there.`);
}

/** What is told of a message that its earlier release, or its place, keeps from being released. */
export function stopBy({
  check,
  outcome,
  hint,
}: EarlierRelease): Pick<Outcome, "outcome" | "code" | "message" | "hint"> {
  return {
    outcome,
    message: check.detail,
    ...(outcome === "refused" ? { code: "refused" } : {}),
    ...(hint === undefined ? {} : { hint }),
  };
}

/** Deleted mail lies where released mail does, and a message that nobody received must not be told as delivered. */
function judgeSettled(message: Message, settled: Message, note: string | undefined): EarlierRelease {
  const { folder } = settled;
  const work = statusesOf(settled);
  const told = work.join(", ");
  if (note !== undefined || isAmong(folder, releasedFolders)) {
    const notes = told === "" ? "" : ` PPS notes: ${told}.`;
    const detail = `It lies in ${folder}: released or deleted already.${notes}`;
    return stop("unchanged", detail, `If it is to be delivered once more, ${releaseByHand(message)}.`);
  }
  const detail =
    told === ""
      ? `It lies in ${folder}, and PPS does not tell whether it was released or deleted.`
      : `It lies in ${folder} and PPS notes no release of it (${told}): it was probably deleted, and nobody received it.`;
  return stop("refused", detail, `If nobody received it and it is to be delivered, ${releaseByHand(message)}.`);
}

function stop(outcome: EarlierRelease["outcome"], detail: string, hint?: string): EarlierRelease {
  return { check: { name, state: "stop", detail }, outcome, ...(hint === undefined ? {} : { hint }) };
}

/** How a message that this command does not release can be delivered, as the end of a sentence. */
export function releaseByHand({ folder, localGuid }: Message): string {
  return `the command quarantine release takes it from ${folder} by its local id ${localGuid}`;
}
