import type { Command } from "../core/command.ts";
import { messageShow } from "./message/show.ts";
import { deleteMessages, forward, move, release, resubmit } from "./quarantine/actions.ts";
import { download } from "./quarantine/download.ts";
import { folders } from "./quarantine/folders.ts";
import { quarantineList } from "./quarantine/list.ts";
import { ping } from "./system.ts";
import { traceSearch } from "./trace/search.ts";

/** Every command, in the order in which help and documents list them. */
export const catalogue = [
  ping,
  quarantineList,
  folders,
  download,
  release,
  resubmit,
  forward,
  move,
  deleteMessages,
  messageShow,
  traceSearch,
] as const;

/** The catalogue for code that treats all commands alike. */
export const commands = catalogue as readonly unknown[] as readonly Command[];

/** A command by its name, such as `quarantine.list`; undefined when there is none. */
export function findCommand(name: string): Command | undefined {
  return commands.filter((candidate) => candidate.name === name)[0];
}

export { defaultFolders } from "./folders.ts";
export type { MessageDetails } from "./message/show.ts";
export type { DownloadResult } from "./quarantine/download.ts";
export type { Folder, FoldersResult } from "./quarantine/folders.ts";
export type { ListResult } from "./quarantine/list.ts";
export type { SearchedFolder } from "./quarantine/listing.ts";
export type { Message } from "./quarantine/message.ts";
export type { ActionResult, Outcome, OutcomeKind } from "./quarantine/outcome.ts";
export type { PingResult } from "./system.ts";
export type { TraceRecord } from "./trace/record.ts";
export type { TraceResult } from "./trace/search.ts";
