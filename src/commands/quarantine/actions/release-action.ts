import type { Action } from "./send.ts";

/** How messages are released (pps-api.md 4.2). */
export interface ReleaseOrder {
  /** Where they are put afterwards, in the site's own spelling; left where they are when absent. */
  deletedFolder?: string | undefined;
  /** DLP and Attachment Defense look again first. */
  scan?: boolean;
  brandTemplate?: string | undefined;
  securityPolicy?: string | undefined;
}

/** The action that delivers messages. It is never repeated: a message that is left in its folder is delivered again. */
export function releaseAction({ deletedFolder, scan, brandTemplate, securityPolicy }: ReleaseOrder): Action {
  return {
    name: "release",
    effect: "change",
    extras: {
      ...(deletedFolder === undefined ? {} : { deletedfolder: deletedFolder }),
      ...(scan ? { scan: "t" } : {}),
      ...(brandTemplate === undefined ? {} : { brandtemplate: brandTemplate }),
      ...(securityPolicy === undefined ? {} : { securitypolicy: securityPolicy }),
    },
    destination: deletedFolder === undefined ? { kind: "stays" } : { kind: "folder", folder: deletedFolder },
    isRepeatable: false,
    sentence: (localGuid) => `Request sent. Message ${localGuid} will be released momentarily`,
  };
}
