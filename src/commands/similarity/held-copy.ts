import { isAmong } from "../each-once.ts";
import type { Message } from "../quarantine/message.ts";
import { findReleaseNote } from "../quarantine/release-note.ts";
import { releasedFolders } from "../settled-folders.ts";

/** Where a message is held: what acting on it takes. */
export interface HeldCopy {
  /** The record's own spelling. */
  folder: string;
  localGuid: string;
  /** By quarantine's own clock, ISO 8601 in UTC; null when it cannot be read. */
  receivedAt: string | null;
  /** What PPS tells of a release, which left the copy behind; that it is absent proves nothing (pps-api.md 2.4). */
  releaseNote?: string;
}

/** The copy a record tells of; of its release only where the search asked for statuses. */
export function readHeldCopy(message: Message): HeldCopy {
  const { folder, localGuid, receivedAt } = message;
  const place = isAmong(folder, releasedFolders) ? `folder ${folder}` : undefined;
  const releaseNote = findReleaseNote([message]) ?? place;
  return { folder, localGuid, receivedAt, ...(releaseNote === undefined ? {} : { releaseNote }) };
}

/** Whether any of a message's copies was released: then its recipients have it. */
export function isReleased(copies: readonly HeldCopy[]): boolean {
  return copies.some(({ releaseNote }) => releaseNote !== undefined);
}
