import { guidField, quarantineDownload } from "../../../commands/quarantine/download.ts";
import { PpsError } from "../../../core/errors.ts";
import { fieldInput, isGiven } from "./field-input.ts";
import { renderFile, tellNoMessage } from "./file-entries.ts";
import type { XsoarArgument, XsoarArguments, XsoarCommand } from "./xsoar-command.ts";

const guid: XsoarArgument = { name: "guid", field: "guid", description: guidField.description };

const shared = {
  description: "Downloads the raw message as it came, headers and attachments included, as a file of the war room.",
  outputs: [],
  isHarmful: false,
  render: renderFile,
  recover: tellNoMessage,
};

/** Every GUID in public samples has this form; no default folder has. */
const looksLikeGuid = /^[A-Za-z0-9_-]{32}$/;

/**
 * The seed's command. Its table asks for `folder_name` where its text and its example mean the GUID, so that both are
 * taken: `guid` counts, and `folder_name` alone counts when it can be nothing but a GUID.
 */
export const downloadMessage: XsoarCommand = {
  ...shared,
  name: "proofpoint-pps-download-message",
  arguments: [
    guid,
    {
      name: "folder_name",
      description:
        "Global id of the message too, for playbooks that pass it here. A folder name beside the guid is ignored.",
    },
  ],
  call: (args) => ({ command: quarantineDownload, input: { guid: readGuid(args) } }),
};

function readGuid({ guid: named, folder_name: folder }: XsoarArguments): unknown {
  const other = typeof folder === "string" && looksLikeGuid.test(folder.trim()) ? folder.trim() : undefined;
  if (!isGiven(named)) {
    if (other !== undefined) return other;
    const given = isGiven(folder) ? "folder_name holds no GUID; give" : "Give";
    throw new PpsError("bad_input", `${given} the message's global id as guid.`, { field: "guid" });
  }
  if (other !== undefined && other !== String(named).trim()) {
    throw new PpsError("bad_input", "guid and folder_name name two different messages; give guid alone.", {
      field: "guid",
    });
  }
  return named;
}

const required: readonly XsoarArgument[] = [{ ...guid, required: true }];

/** The same under the released integration's name. */
export const messageDownload: XsoarCommand = {
  ...shared,
  name: "proofpoint-pps-quarantine-message-download",
  arguments: required,
  call: (args) => ({ command: quarantineDownload, input: fieldInput(required, args) }),
};
