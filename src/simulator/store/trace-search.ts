import type { Condition } from "./condition.ts";
import type { FolderNumbers } from "./folder-numbers.ts";
import type { MessageTable } from "./message-table.ts";
import type { TraceQuery } from "./query.ts";
import type { SearchEngine } from "./search.ts";
import type { StoredMessage, TraceEntry } from "./store.ts";
import { rowOfSyntheticId } from "./synthetic-ids.ts";
import { syntheticTraceKeys } from "./trace-keys.ts";

/** How many records are read at a time while a condition outside the database decides. */
const pageSize = 200;

/** Finds trace records: every message that passed the gateway has one, held or not. */
export function createTraceSearch(engine: SearchEngine, table: MessageTable, folders: FolderNumbers) {
  return (query: TraceQuery): TraceEntry[] => {
    const { window, sender, recipient, subjectWords, limit, isWanted } = query;
    const order = query.order === "newest-first" ? "DESC" : "ASC";
    const ids = engine.ids(
      { window, folder: undefined, sender, recipient, subject: "any", subjectWords, where: conditions(query), order },
      isWanted === undefined ? limit : Number.MAX_SAFE_INTEGER,
    );
    const found: TraceEntry[] = [];
    for (const page of pages(ids, isWanted === undefined ? limit : pageSize)) {
      for (const message of table.read(page)) {
        const entry = toTrace(message);
        if (isWanted === undefined || isWanted(entry.keys)) found.push(entry);
        if (found.length === limit) return found;
      }
    }
    return found;
  };

  function toTrace(message: StoredMessage): TraceEntry {
    const { trace, firstFolder } = table.origin(message.id);
    const keys: TraceEntry["keys"] =
      trace === undefined ? syntheticTraceKeys(message, folders.nameOf(firstFolder)) : JSON.parse(trace);
    return { guid: message.guid, date: message.receivedAt, keys: { ...keys, current_folder: message.folder } };
  }
}

function conditions({ guid, qid, sid, messageId, peers = [], hasFindings }: TraceQuery): Condition[] {
  const list: Condition[] = [
    { sql: "m.traced = 1", values: [] },
    ...peers.map((peer) => ({ sql: "instr(lower(m.host_ip), lower(?)) > 0", values: [peer] })),
  ];
  if (hasFindings) list.push({ sql: "m.trace IS NOT NULL", values: [] });
  if (guid !== undefined) list.push({ sql: "m.guid = ?", values: [guid] });
  if (messageId !== undefined) list.push({ sql: "m.message_id = ?", values: [messageId] });
  if (qid !== undefined) list.push(arrivedAs("qid", qid));
  if (sid !== undefined) list.push(arrivedAs("sid", sid));
  return list;
}

function arrivedAs(name: "qid" | "sid", text: string): Condition {
  const row = rowOfSyntheticId(text);
  return row === undefined
    ? { sql: `m.arrival ->> ? = ?`, values: [name, text] }
    : { sql: "m.id = ? AND m.arrival IS NULL", values: [row] };
}

function* pages(ids: Iterable<number>, size: number): Generator<number[]> {
  let page: number[] = [];
  for (const id of ids) {
    page.push(id);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
