import type { ResponseItem } from "../../../../commands/index.ts";
import type { Json } from "../../../../core/steps.ts";
import { type MadeTable, makeTable } from "../table-text.ts";
import type { Kind } from "./attempt.ts";
import type { Named, Sorted } from "./sorted-outcomes.ts";

type Facts = { [key: string]: Json };

/** The messages and senders of a response, told apart. */
export const responseKind: Kind<ResponseItem> = {
  identityOf: keyOf,
  keyOf,
  traceOf: ({ entry, localGuid }) => entry ?? localGuid,
  traceIn: ({ body: { value, localguid } = {} }) => [value, localguid].find((name) => typeof name === "string"),
};

/** A message is known in its folder; where no folder holds it any more, by its GUID alone. */
function keyOf({ action, entry, user, guid, localGuid, folder }: ResponseItem): string {
  if (entry !== undefined) return JSON.stringify([action, entry, user ?? null]);
  return JSON.stringify([guid || localGuid, folder ?? null]);
}

/** What a result says of a message or a sender. `main` is what is done with messages. */
export function nameItem(item: ResponseItem, main: "delete" | "release"): Named {
  const { action, entry, user, guid = "", localGuid = "", folder = "" } = item;
  const key = keyOf(item);
  if (action === "block" || action === "trust") {
    const name = user === undefined ? (entry ?? "senders") : `${entry} for ${user}`;
    return { name, key, json: listFacts(item), unchanged: "already_listed" };
  }
  const name = guid || `${localGuid} in ${folder}`;
  const alsoKnownAs = JSON.stringify([guid || localGuid, null]);
  return { name, key, alsoKnownAs, json: messageFacts(item), earlier: { action: main } };
}

function listFacts({ action, entry, user }: ResponseItem): Facts {
  const scope = user === undefined ? "organization" : "user";
  return { action, ...(entry === undefined ? {} : { sender: entry }), scope, ...(user === undefined ? {} : { user }) };
}

function messageFacts(item: ResponseItem): Facts {
  const { action, guid, localGuid, folder, state, receivedAt, sender, recipients, subject, score, reasons } = item;
  const known: { [key: string]: Json | undefined } = {
    ...{ action, guid, localguid: localGuid, folder, state, received_at: receivedAt },
    ...{ sender, recipients, subject, score, reasons },
  };
  const told = Object.entries(known).filter((pair): pair is [string, Json] => pair[1] !== undefined);
  return Object.fromEntries(told);
}

/** How many of the items something was done to: `3 of 4`, or how many it would be. */
export function countDone({ success, failed, unknown, planned }: Sorted, action: ResponseItem["action"]) {
  const of = (list: readonly Facts[]) => list.filter((one) => one.action === action).length;
  const json = ({ json }: { json: Facts }) => json;
  const done = of(success.map(json));
  return { done, all: done + of(failed.map(json)) + of(unknown.map(json)), planned: of(planned) };
}

/** What became of messages and senders, one a row. */
export function tabulateItems(title: string, items: readonly ResponseItem[], sorted: Sorted): MadeTable {
  const columns = ["Status", "Action", "Score", "State", "Folder", "Date", "Sender", "Recipients", "Subject", "Why"];
  return makeTable(
    title,
    [...columns, "GUID"],
    items.map((item) => [
      statusOf(item, sorted),
      item.action,
      item.score ?? "",
      item.state ?? "",
      item.folder ?? "",
      item.receivedAt ?? "",
      item.entry ?? item.sender ?? "",
      item.user ?? item.recipients ?? [],
      item.subject ?? "",
      item.reasons === undefined || item.outcome === "failed" || item.outcome === "refused"
        ? item.message
        : item.reasons,
      item.guid ?? "",
    ]),
  );
}

/** What became of senders, one a row. */
export function tabulateSenders(items: readonly ResponseItem[], sorted: Sorted): MadeTable {
  return makeTable(
    "Senders",
    ["Status", "Action", "Sender", "Why"],
    items.map((item) => [statusOf(item, sorted), item.action, item.entry ?? "", item.message]),
  );
}

/** What an earlier try did is told as such in tables too. */
function statusOf(item: ResponseItem, { doneEarlier }: Sorted): string {
  return doneEarlier.has(keyOf(item)) ? "already_done" : item.outcome;
}
