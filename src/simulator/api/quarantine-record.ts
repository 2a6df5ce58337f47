import type { Quirks } from "../quirks.ts";
import type { StoredMessage } from "../store/store.ts";
import { formatUtc } from "./utc-date.ts";

/** What a search asks a record to hold besides the usual. */
export interface RecordWishes {
  dlp: "none" | "basic" | "details";
  hasStatus: boolean;
}

type Json = string | number | null | undefined | Json[] | { [key: string]: Json };

/** One record of a quarantine answer (pps-api.md 2.4). */
export function toRecord(message: StoredMessage, wishes: RecordWishes, quirks: Quirks): Record<string, Json> {
  const numbers = quirks["record-numbers"];
  const isNumberNow = numbers === "numbers" || (numbers === "mixed" && message.id % 2 === 0);
  const numeric = (value: number | undefined): Json => (value === undefined || isNumberNow ? value : String(value));
  const record: Record<string, Json> = {
    processingserver: message.processingServer,
    date: formatUtc(message.receivedAt),
    subject: message.subject,
    messageid: message.messageId,
    folder: message.folder,
    size: numeric(message.sizeBytes),
    rcpts: message.rcpts,
    from: message.from,
    spamscore: numeric(message.spamScore),
    guid: message.guid,
    host_ip: message.hostIp,
    localguid: message.localGuid,
  };
  if (wishes.hasStatus) record.messagestatus = statuses(message, numeric, quirks);
  if (wishes.dlp !== "none") record.dlpviolation = violation(message, wishes.dlp === "details", quirks);
  if (quirks["unknown-fields"] === "some") {
    record.tenant = { region: "eu", shard: message.id % 7 };
    record.quarantinerule = "policy_17";
  }
  return filled(record, quirks);
}

/** Fields without a value: an empty text, null, or left out. */
function filled(record: Record<string, Json>, quirks: Quirks): Record<string, Json> {
  const isEmpty = (value: Json) => value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
  const entries = Object.entries(record);
  switch (quirks["empty-fields"]) {
    case "empty-string":
      return Object.fromEntries(entries.map(([name, value]) => [name, value ?? ""]));
    case "null":
      return Object.fromEntries(entries.map(([name, value]) => [name, isEmpty(value) ? null : value]));
    case "absent":
      return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)));
  }
}

function statuses(message: StoredMessage, numeric: (value: number) => Json, quirks: Quirks): Json[] {
  const all = [{ text: "New", at: message.receivedAt, user: "" }, ...message.statuses];
  const list = all.map(({ text, at, user }, index) => ({
    statusdesc: text,
    status: numeric(index),
    id: numeric(index),
    comment: "",
    user,
    date: formatUtc(at),
  }));
  return quirks["status-order"] === "newest-first" ? list.reverse() : list;
}

/** The inner shape is not public; what matched is shown only with details (pps-api.md 2.4). */
function violation(message: StoredMessage, hasDetails: boolean, quirks: Quirks): Json {
  const found = message.dlp === "" ? [] : (JSON.parse(message.dlp) as { rule: string; matches: string[] }[]);
  if (quirks["dlp-shape"] === "flat") {
    return Object.fromEntries(
      found.map(({ rule, matches }) => [rule, hasDetails ? matches.join(" ") : matches.length]),
    );
  }
  return {
    rules: found.map(({ rule, matches }) => ({ name: rule, count: matches.length, ...(hasDetails && { matches }) })),
  };
}
