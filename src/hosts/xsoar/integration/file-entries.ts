import type { DownloadResult } from "../../../commands/quarantine/download.ts";
import type { PpsError } from "../../../core/errors.ts";
import { type Entry, fileEntry, noteEntry } from "../entries/entry.ts";
import type { Result } from "./xsoar-command.ts";

/** The file of a download, as XSOAR holds it already. */
export function renderFile({ summary }: Pick<Result, "summary">): Entry[] {
  const { fileName, file } = summary as DownloadResult;
  return [fileEntry(fileName, file.handle as string)];
}

/** A message that is not there is no failure to the playbooks of the released integration. */
export function tellNoMessage(error: PpsError): Entry[] | undefined {
  return error.code === "not_found" ? [noteEntry("No message found.")] : undefined;
}
