import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Arrival } from "../mail.ts";
import type { FolderNumbers } from "./folder-numbers.ts";
import type { MessageRow, MessageTable } from "./message-table.ts";
import type { HeldQuery, TraceQuery } from "./query.ts";
import { createSearchEngine, type MessageSearch } from "./search.ts";
import type { HeldMessage, StoredMessage, TraceEntry } from "./store.ts";
import { syntheticTraceKeys } from "./trace-keys.ts";

/** How messages and trace records are found and read. */
export interface Retrieval {
  search(query: HeldQuery): StoredMessage[];
  count(query: HeldQuery): number;
  row(id: number): MessageRow;
  findByLocalGuid(localGuid: string): StoredMessage[];
  findByGuid(guid: string): StoredMessage | undefined;
  searchTrace(query: TraceQuery): TraceEntry[];
  raw(message: StoredMessage): Buffer;
  arrivalOf(message: StoredMessage): Arrival;
}

/** How many trace records are read at a time while a condition that no index covers decides. */
const TRACE_PAGE = 1_000;

export function createRetrieval(
  database: DatabaseSync,
  table: MessageTable,
  folders: FolderNumbers,
  composeSynthetic: (message: HeldMessage) => Buffer,
): Retrieval {
  const engine = createSearchEngine(database);
  const byGuid = database.prepare("SELECT id FROM message WHERE guid = ? AND folder <> 0 ORDER BY id DESC");
  const byLocalGuid = database.prepare(
    `SELECT id FROM message WHERE local_guid = ?1 AND folder <> 0
     UNION SELECT id FROM message WHERE guid = ?1 AND local_guid IS NULL AND folder <> 0`,
  );
  const rawOf = database.prepare("SELECT bytes FROM raw WHERE message = ?");

  return {
    search: (query) => table.read(engine.ids(heldSearch(query), query.limit)).map(({ message }) => message),
    count: (query) => engine.count(heldSearch(query)),
    row,
    findByLocalGuid: (localGuid) => messages(byLocalGuid.all(localGuid)),
    findByGuid: (guid) => messages(byGuid.all(guid))[0],
    searchTrace,
    raw,
    arrivalOf(message) {
      const { arrival, firstFolder } = row(message.id);
      const { receivedAt, guid, from, rcpts } = message;
      const common = { guid, receivedAt: receivedAt * 1000, envelope: { from, to: rcpts }, raw: raw(message) };
      if (arrival !== undefined)
        return { ...common, ...(JSON.parse(arrival) as Pick<Arrival, "qid" | "sid" | "peer">) };
      const keys = syntheticTraceKeys(message, firstFolder) as Record<string, string>;
      const { QID: qid = "", SID: sid = "", Sender_IP_Address: ip = "", Sender_Host: host = "" } = keys;
      return { ...common, qid, sid, peer: { ip, host, helo: host, tls: "" } };
    },
  };

  function row(id: number): MessageRow {
    const [found] = table.read([id]);
    if (found === undefined) throw new Error(`There is no message ${id}.`);
    return found;
  }

  function messages(rows: Record<string, SQLOutputValue>[]): StoredMessage[] {
    return table.read(rows.map(({ id }) => id as number)).map(({ message }) => message);
  }

  function raw(message: StoredMessage): Buffer {
    const bytes = rawOf.get(message.id)?.bytes as Uint8Array | undefined;
    return bytes === undefined
      ? composeSynthetic(message)
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  function heldSearch({ folder, window, sender, recipient, subject, shuffle }: HeldQuery): MessageSearch {
    return { window, folder: folders.of(folder), sender, recipient, subject, where: [], order: "DESC", shuffle };
  }

  function searchTrace(query: TraceQuery): TraceEntry[] {
    const { window, sender, recipient, subjectWords, guid, limit, isWanted } = query;
    const search: MessageSearch = {
      window,
      folder: undefined,
      sender,
      recipient,
      subject: "any",
      subjectWords,
      where: [
        { sql: "m.traced = 1", values: [] },
        ...(guid === undefined ? [] : [{ sql: "m.guid = ?", values: [guid] }]),
      ],
      order: query.order === "newest-first" ? "DESC" : "ASC",
    };
    if (isWanted === undefined) return table.read(engine.ids(search, limit)).map(toTrace);
    const found: TraceEntry[] = [];
    for (let skip = 0; found.length < limit; skip += TRACE_PAGE) {
      const ids = engine.ids(search, TRACE_PAGE, skip);
      for (const entry of table.read(ids).map(toTrace)) if (isWanted(entry.keys)) found.push(entry);
      if (ids.length < TRACE_PAGE) break;
    }
    return found.slice(0, limit);
  }
}

function toTrace({ message, firstFolder, trace }: MessageRow): TraceEntry {
  const keys =
    trace === undefined ? syntheticTraceKeys(message, firstFolder) : (JSON.parse(trace) as TraceEntry["keys"]);
  return { guid: message.guid, date: message.receivedAt, keys: { ...keys, current_folder: message.folder } };
}
