import { type DownloadResult, quarantineDownload } from "../../../commands/quarantine/download.ts";
import type { PpsError } from "../../../core/errors.ts";
import { type Entry, fileEntry, noteEntry } from "../entries/entry.ts";
import type { Call, Result } from "./xsoar-command.ts";

/** The file of a download, as XSOAR holds it already. */
export function renderFile({ summary }: Pick<Result, "summary">): Entry[] {
  const { fileName, file } = summary as DownloadResult;
  return [fileEntry(fileName, file.handle as string)];
}

/**
 * A message that is not there is no failure to the playbooks of the released integration. What a search does not find at
 * the address is one.
 */
export function tellNoMessage(error: PpsError, { command }: Call): Entry[] | undefined {
  const isAbsent = error.code === "not_found" && command.name === quarantineDownload.name;
  return isAbsent ? [noteEntry("No message found.")] : undefined;
}
