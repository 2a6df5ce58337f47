import type { RunContext } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { findFolder, isSameFolder, spellFolder } from "../../site-folders.ts";
import type { Action } from "./send.ts";
import type { Target } from "./targets.ts";

/**
 * Where messages are to end up, if a folder was named, in the site's own spelling. Throws PpsError `bad_input` when one is there already; a folder of
 * another module type is noted and left to PPS, whose own table of types decides (pps-api.md 10, row 14).
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
  targets.forEach((target) => {
    const own = findFolder(context.folders, target.folder)?.moduleType;
    if (type === undefined || own === undefined || own === type) return;
    const note = `Folder ${folder} is of module type ${type} and ${target.folder} of ${own}; PPS moves only within one module type.`;
    if (notes.indexOf(note) < 0) notes.push(note);
  });
  return { folder, destination: { kind: "folder", folder }, notes };
}
