import type { Action } from "./send.ts";

/**
 * The action that deletes messages for good, or moves them to a folder for deleted mail, named in the site's own
 * spelling (pps-api.md 4.2). Doing it twice does no harm.
 */
export function deleteAction(deletedFolder: string | undefined): Action {
  return {
    name: "delete",
    effect: "destroy",
    extras: deletedFolder === undefined ? {} : { deletedfolder: deletedFolder },
    destination: deletedFolder === undefined ? { kind: "gone" } : { kind: "folder", folder: deletedFolder },
    isRepeatable: true,
    sentence: (localGuid) => `Successfully deleted message ${localGuid}`,
  };
}
