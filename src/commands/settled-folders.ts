import type { RunContext } from "../core/command.ts";
import { isAmong } from "./each-once.ts";
import { findFolder, spellFolder } from "./site-folders.ts";

/** Folders whose mail was released and not deleted (pps-api.md 8). */
export const releasedFolders = ["Smart Send Released", "Smart Send DLP Released"];

/** Folders whose mail was released, or deleted, already (pps-api.md 8). */
export const settledFolders = ["Deleted", "Deleted Incidents"].concat(releasedFolders);

/** True for a folder in which lies what was released or deleted. */
export function isSettled(folder: string, deletedFolder: string | undefined): boolean {
  return isAmong(folder, deletedFolder === undefined ? settledFolders : settledFolders.concat(deletedFolder));
}

/** The folder for deleted mail that belongs to a folder: moves stay within one module type (pps-api.md 8). */
export function deletedFolderOf(folder: string, { folders }: RunContext): { name: string; isConfigured: boolean } {
  const name = findFolder(folders, folder)?.moduleType === "dlp" ? "Deleted Incidents" : "Deleted";
  const own = findFolder(folders, name);
  return { name: own?.name ?? name, isConfigured: own !== undefined };
}

/** Folders into which mail of these may have been put: that of each, and the one that was named. */
export function deletedFoldersOf(names: readonly string[], named: string | undefined, context: RunContext): string[] {
  const deleted = named === undefined ? [] : [spellFolder(context.folders, named)];
  names.forEach((name) => {
    const own = deletedFolderOf(name, context);
    if (own.isConfigured) deleted.push(own.name);
  });
  return deleted;
}
