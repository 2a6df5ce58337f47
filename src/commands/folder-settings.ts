import type { FolderSetting } from "../core/command.ts";
import { PpsError } from "../core/errors.ts";
import { defaultFolders, findFolder } from "./site-folders.ts";

/**
 * Reads the site's folders. A name that stands alone takes its module type from the folders PPS brings along, else
 * `mail`. Throws PpsError `bad_input` for a blank name or one given twice.
 */
export function readFolders(given: readonly (string | FolderSetting)[] | undefined): readonly FolderSetting[] {
  if (given === undefined || given.length === 0) return defaultFolders;
  const seen: { [name: string]: true } = {};
  return given.map((entry) => {
    const folder = typeof entry === "string" ? readFolder(entry) : entry;
    const key = `folder ${folder.name.trim().toLowerCase()}`;
    if (folder.name.trim() === "") throw new PpsError("bad_input", "folders holds a blank name.", { field: "folders" });
    if (seen[key]) {
      throw new PpsError("bad_input", `folders names ${folder.name} twice.`, { field: "folders" });
    }
    seen[key] = true;
    return { name: folder.name.trim(), moduleType: folder.moduleType };
  });
}

function readFolder(text: string): FolderSetting {
  // Only a known module type counts as one: a folder's own name may hold a colon.
  const typed = /^(.*):(mail|dlp)$/i.exec(text.trim());
  if (typed?.[1] !== undefined && typed[2] !== undefined) {
    return { name: typed[1].trim(), moduleType: typed[2].toLowerCase() === "dlp" ? "dlp" : "mail" };
  }
  const name = text.trim();
  return { name, moduleType: findFolder(defaultFolders, name)?.moduleType ?? "mail" };
}
