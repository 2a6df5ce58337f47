import type { RunContext } from "../../../core/command.ts";
import { isPpsError, PpsError } from "../../../core/errors.ts";
import type { Steps } from "../../../core/steps.ts";
import { noteOf } from "../../answers.ts";
import { searchFolder } from "../../quarantine/search.ts";

/** A second is enough: the answer to any search tells whether PPS knows the folder (pps-api.md 10, row 4). */
const span = 1000;

/**
 * Asks whether PPS has the folder to which deleted mail is to go, before anything is done that cannot be followed by it.
 * Throws PpsError `bad_input` where PPS refuses it, `denied` where nothing may be searched; gives what has to be noted.
 */
export function* requireFolder(folder: string, { now }: RunContext): Steps<string[]> {
  try {
    yield* searchFolder({ folder }, now - span, now);
    return [];
  } catch (error) {
    if (!isPpsError(error) || error.code === "denied") throw error;
    if (error.code !== "refused" && error.code !== "not_found") {
      return [`Whether PPS has folder ${folder} could not be found out: ${noteOf(error)}`];
    }
    throw new PpsError("bad_input", `What is deleted cannot go to folder ${folder}: ${error.message}`, {
      field: "deletedFolder",
      hint: "Nothing was done. Name a folder that PPS has; the command quarantine folders lists those configured and in use.",
      cause: error,
    });
  }
}
