import type { RunContext } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { findFolder, isSameFolder, spellFolder } from "../../site-folders.ts";
import type { Action } from "./send.ts";
import type { Target } from "./targets.ts";

/**
 * Where messages are to end up, if a folder was named, in the site's own spelling. Throws PpsError `bad_input` when one
 * is there already; a folder of another module type is noted and left to PPS, whose own table of types decides
 * (pps-api.md 10, row 14).
 */
export function readDestination(
  targets: readonly Target[],
  named: string | undefined,
  field: string,
  context: RunContext,
): { folder?: string; destination?: Action["destination"]; notes: string[] } {
  if (named === undefined) return { notes: [] };
  const folder = spellFolder(context.folders, named);
  const same = targets.filter((target) => isSameFolder(target.folder, folder))[0];
  if (same) {
    const message = `Message ${same.localGuid} is in folder ${folder} already; name another folder.`;
    throw new PpsError("bad_input", message, { field });
  }
  const type = findFolder(context.folders, folder)?.moduleType;
  const notes: string[] = [];
  sourcesOf(targets).forEach((source) => {
    const own = findFolder(context.folders, source)?.moduleType;
    if (type === undefined || own === undefined || own === type) return;
    notes.push(
      `Folder ${folder} is of module type ${type} and ${source} of ${own}; PPS moves only within one module type.`,
    );
  });
  return { folder, destination: { kind: "folder", folder }, notes };
}

/** The folders that messages are in, each once: there may be a hundred thousand messages. */
function sourcesOf(targets: readonly Target[]): string[] {
  const sources: { [folder: string]: true } = {};
  targets.forEach((target) => {
    sources[target.folder] = true;
  });
  return Object.keys(sources);
}
