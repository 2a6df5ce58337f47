import type { RunContext } from "../../../core/command.ts";
import { pause, type Steps } from "../../../core/steps.ts";
import { asSentence } from "../../answers.ts";
import type { ResponseItem } from "../response-item.ts";
import { lookFor } from "./look-for.ts";

/** Times to look for messages where they were to be put, and the time before each, in milliseconds. */
export const patientLooks: readonly number[] = [0, 1000, 3000];

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
  looks = patientLooks,
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
    missing = missing.filter((item) => sight.of(item) === undefined);
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
