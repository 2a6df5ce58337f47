import type { FolderSetting } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { list, text } from "../../../core/fields.ts";
import { parseJson } from "../../answers.ts";
import { isSameFolder, spellFolder } from "../../site-folders.ts";
import { isRecord, readText } from "../../wire.ts";

/** A message to act on. What is known of it beyond its id makes looking for it cheap. */
export interface Target {
  localGuid: string;
  folder: string;
  guid?: string;
  sender?: string;
  /** By quarantine's own clock, milliseconds since 1970. */
  receivedAt?: number;
}

/** Which messages are meant and where they are; the same for every action. */
export const targetFields = {
  localGuids: list({
    required: true,
    positional: true,
    maxItems: 100_000,
    maxLength: 100_000,
    description:
      "Local ids of the messages, as a listing shows them; or whole messages as JSON lines, which name their own folder.",
    example: "4:2:6",
    xsoar: "local_guid",
  }),
  folder: text({
    description: "Folder that holds the messages now; needed unless each message names its own.",
    maxLength: 256,
    example: "Quarantine",
    xsoar: "folder_name",
  }),
} as const;

/** Reads the messages to act on, each once. Throws PpsError `bad_input` when one has no folder, or another than was named. */
export function readTargets(
  items: readonly string[],
  named: string | undefined,
  folders: readonly FolderSetting[],
): Target[] {
  const folder = named === undefined ? undefined : spellFolder(folders, named);
  const targets: Target[] = [];
  const known: Record<string, true> = {};
  items.forEach((item, index) => {
    const target = item.charAt(0) === "{" ? readLine(item, index, folder) : readId(item, folder);
    if (target.localGuid.indexOf(",") >= 0) {
      // PPS would act on every id between the commas and answer once.
      throw new PpsError("bad_input", `Item ${index + 1} holds a comma, which divides ids.`, { field: "localGuids" });
    }
    const key = `${target.folder.toLowerCase()}\n${target.localGuid}`;
    if (!known[key]) targets.push(target);
    known[key] = true;
  });
  return targets;
}

function readId(localGuid: string, folder: string | undefined): Target {
  if (folder !== undefined) return { localGuid, folder };
  throw new PpsError("bad_input", `The folder that holds message ${localGuid} is missing.`, {
    field: "folder",
    hint: "Name the folder, or pass whole messages as JSON lines, which name their own.",
  });
}

function readLine(line: string, index: number, folder: string | undefined): Target {
  const record = parseJson(line);
  if (!isRecord(record) || readText(record.localGuid) === "") {
    throw new PpsError("bad_input", `Item ${index + 1} is neither a local id nor a message with a localGuid.`, {
      field: "localGuids",
      hint: "If it ends a listing that was cut, list again with limit all.",
    });
  }
  const localGuid = readText(record.localGuid);
  const own = readText(record.folder) || folder;
  if (own === undefined) return readId(localGuid, folder);
  if (folder !== undefined && !isSameFolder(own, folder)) {
    throw new PpsError("bad_input", `Message ${localGuid} lies in folder ${own}, not in ${folder}.`, {
      field: "folder",
    });
  }
  const time = new Date(readText(record.receivedAt)).getTime();
  return {
    localGuid,
    folder: own,
    ...(readText(record.guid) ? { guid: readText(record.guid) } : {}),
    ...(typeof record.sender === "string" ? { sender: record.sender } : {}),
    ...(time > 0 ? { receivedAt: time } : {}),
  };
}
