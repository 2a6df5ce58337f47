import type { Command } from "../core/command.ts";
import { hunt } from "./hunt/hunt.ts";
import { blocklistAdd, safelistAdd } from "./lists/organisation/add.ts";
import { blocklistFeed } from "./lists/organisation/feed/feed.ts";
import { blocklistList, safelistList } from "./lists/organisation/list.ts";
import { blocklistRemove, safelistRemove } from "./lists/organisation/remove.ts";
import { blocklistSync, safelistSync } from "./lists/organisation/sync.ts";
import { messageShow } from "./message/show.ts";
import {
  quarantineDelete,
  quarantineForward,
  quarantineMove,
  quarantineRelease,
  quarantineResubmit,
} from "./quarantine/actions/actions.ts";
import { quarantineDownload } from "./quarantine/download.ts";
import { quarantineFolders } from "./quarantine/folders.ts";
import { quarantineList } from "./quarantine/list.ts";
import { respondFalsePositive } from "./respond/false-positive/false-positive.ts";
import { respondPhishing } from "./respond/phishing/phishing.ts";
import { systemPing } from "./system.ts";
import { traceSearch } from "./trace/search.ts";
import { usersCreate } from "./users/create.ts";
import { usersDelete } from "./users/delete.ts";
import { usersGet } from "./users/get.ts";
import {
  usersBlocklistAdd,
  usersBlocklistList,
  usersBlocklistRemove,
  usersSafelistAdd,
  usersSafelistList,
  usersSafelistRemove,
} from "./users/lists/commands.ts";
import { usersModify } from "./users/modify.ts";

/** Every command, in the order in which help and documents list them. */
export const catalogue = [
  systemPing,
  quarantineList,
  quarantineFolders,
  quarantineDownload,
  quarantineRelease,
  quarantineResubmit,
  quarantineForward,
  quarantineMove,
  quarantineDelete,
  messageShow,
  traceSearch,
  respondPhishing,
  respondFalsePositive,
  hunt,
  usersGet,
  usersCreate,
  usersModify,
  usersDelete,
  usersBlocklistList,
  usersBlocklistAdd,
  usersBlocklistRemove,
  usersSafelistList,
  usersSafelistAdd,
  usersSafelistRemove,
  blocklistList,
  blocklistAdd,
  blocklistRemove,
  blocklistSync,
  blocklistFeed,
  safelistList,
  safelistAdd,
  safelistRemove,
  safelistSync,
] as const;

/** The catalogue for code that treats all commands alike. */
export const commands = catalogue as readonly unknown[] as readonly Command[];

/** A command by its name, such as `quarantine.list`; undefined when there is none. */
export function findCommand(name: string): Command | undefined {
  return commands.filter((candidate) => candidate.name === name)[0];
}

export { areaOf, areaTitles } from "./areas.ts";
export type { HuntHit, HuntResult } from "./hunt/hunt-result.ts";
export type { ListOutcome } from "./lists/list-outcome.ts";
export type { EntriesResult, ListEntry } from "./lists/organisation/list.ts";
export type { MessageDetails } from "./message/show.ts";
export { type ActionResult, countOutcomes, type Outcome, type OutcomeKind } from "./outcome.ts";
export type { MessageOutcome } from "./quarantine/actions/message-outcome.ts";
export type { DownloadResult } from "./quarantine/download.ts";
export type { Folder, FoldersResult } from "./quarantine/folders.ts";
export type { ListResult } from "./quarantine/list.ts";
export type { SearchedFolder } from "./quarantine/listing.ts";
export type { Message } from "./quarantine/message.ts";
export type { AboutMessage } from "./respond/false-positive/about-message.ts";
export type { Check } from "./respond/false-positive/check.ts";
export type { FalsePositiveResult } from "./respond/false-positive/false-positive.ts";
export type { PhishingResult } from "./respond/phishing/response.ts";
export type { ResponseItem } from "./respond/response-item.ts";
export { defaultFolders } from "./site-folders.ts";
export type { PingResult } from "./system.ts";
export type { TraceRecord } from "./trace/record.ts";
export type { TraceResult } from "./trace/search.ts";
export type { UserChange } from "./users/changed-user.ts";
export type { UserDeletion } from "./users/delete.ts";
export type { UserListEntry } from "./users/lists/list-user-lists.ts";
export type { UserProfile } from "./users/profile.ts";
