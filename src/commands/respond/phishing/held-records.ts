import type { CampaignMessage, SeedRecords } from "../../similarity/campaign.ts";
import type { TraceRecord } from "../../trace/record.ts";
import { bareId } from "./recorded-mail.ts";

/** What tells of a message who sent it. */
export type SenderRecord = Pick<TraceRecord, "sender" | "subject" | "messageId" | "receivedAt"> & {
  senderIp?: TraceRecord[string];
  quarantineFolder?: TraceRecord[string];
  currentFolder?: TraceRecord[string];
};

/** The envelope sender of a record, lower case; "" for none. */
export function senderOf({ sender }: Pick<SenderRecord, "sender">): string {
  return sender.trim().toLowerCase();
}

/** Held messages under the Message-IDs of what was reported, which the trace does not have: it lags, and quarantine does not. */
export function findUntraced(
  messages: readonly CampaignMessage[],
  { messageIds, traced }: SeedRecords,
): SenderRecord[] {
  const untraced = messages.filter(({ guid, messageId, copies }) => {
    const isReported = messageId !== "" && messageIds.indexOf(bareId(messageId)) >= 0;
    return isReported && copies.length > 0 && !traced.some((record) => record.guid === guid);
  });
  return untraced.map(({ sender, subject, messageId, receivedAt, senderIp, copies }) => ({
    ...{ sender, subject, messageId: bareId(messageId), receivedAt, senderIp },
    quarantineFolder: copies[0]?.folder ?? "",
  }));
}
