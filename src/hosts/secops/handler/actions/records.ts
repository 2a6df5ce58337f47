import type { Message, TraceRecord } from "../../../../commands/index.ts";
import type { Json } from "../../../../core/steps.ts";
import { type MadeTable, makeTable } from "../table-text.ts";

/** A record under PPS's own keys. */
export type WireRecord = { [key: string]: Json };

/** A quarantine record under PPS's keys: numbers as numbers, lists as lists, long numbers in DLP text masked. */
export function toRecord(message: Message): WireRecord {
  const { record = {}, dlpViolation } = message;
  return {
    ...record,
    guid: message.guid,
    localguid: message.localGuid,
    folder: message.folder,
    size: message.sizeBytes,
    spamscore: message.spamScore,
    rcpts: message.recipients,
    ...(dlpViolation === undefined ? {} : { dlpviolation: dlpViolation }),
  };
}

/** A trace record under PPS's keys, unchanged, with its time in UTC and its recipients as a list beside them. */
export function toTrace(trace: TraceRecord): WireRecord {
  return { ...(trace.record as WireRecord), DateUtc: trace.receivedAt, RecipientList: trace.recipients };
}

export function traceTable(records: readonly TraceRecord[]): MadeTable {
  const columns = [
    "Date",
    "Sender",
    "Recipients",
    "Subject",
    "Final Action",
    "Final Rule",
    "Quarantine Folder",
    "GUID",
  ];
  return makeTable(
    "Message Trace",
    columns,
    records.map((one) => [
      one.receivedAt,
      one.sender,
      one.recipients,
      one.subject,
      one.finalAction ?? "",
      one.finalRule ?? "",
      one.quarantineFolder ?? "",
      one.guid,
    ]),
  );
}
