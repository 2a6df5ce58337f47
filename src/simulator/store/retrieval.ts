import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Arrival } from "../mail.ts";
import type { FolderNumbers } from "./folder-numbers.ts";
import type { MessageTable } from "./message-table.ts";
import type { HeldQuery } from "./query.ts";
import type { MessageSearch, SearchEngine } from "./search.ts";
import type { HeldMessage, StoredMessage } from "./store.ts";
import { syntheticTraceKeys } from "./trace-keys.ts";

/** How held messages are found and read. */
export interface Retrieval {
  search(query: HeldQuery): StoredMessage[];
  count(query: HeldQuery): number;
  message(id: number): StoredMessage;
  findByLocalGuid(localGuid: string): StoredMessage[];
  findByGuid(guid: string): StoredMessage | undefined;
  raw(message: StoredMessage): Buffer;
  arrivalOf(message: StoredMessage): Arrival;
}

/** The way out, over the tables of a database. `composeSynthetic` makes the raw mail of messages that were made up. */
export function createRetrieval(
  database: DatabaseSync,
  engine: SearchEngine,
  table: MessageTable,
  folders: FolderNumbers,
  composeSynthetic: (message: HeldMessage) => Buffer,
): Retrieval {
  const byGuid = database.prepare("SELECT id FROM message WHERE guid = ? AND folder <> 0 ORDER BY id DESC");
  const byLocalGuid = database.prepare(
    `SELECT id FROM message WHERE local_guid = ? AND folder <> 0
     UNION SELECT id FROM message WHERE guid = ? AND local_guid IS NULL AND folder <> 0`,
  );
  const rawOf = database.prepare("SELECT bytes FROM raw WHERE message = ?");

  return {
    search: (query) => table.read([...engine.ids(heldSearch(query), query.limit)]),
    count: (query) => engine.count(heldSearch(query)),
    message(id) {
      const [found] = table.read([id]);
      if (found === undefined) throw new Error(`There is no message ${id}.`);
      return found;
    },
    findByLocalGuid: (localGuid) => messages(byLocalGuid.all(localGuid, localGuid)),
    findByGuid: (guid) => messages(byGuid.all(guid))[0],
    raw,
    arrivalOf(message) {
      const { arrival, firstFolder } = table.origin(message.id);
      const { receivedAt, guid, from, rcpts } = message;
      const common = { guid, receivedAt: receivedAt * 1000, envelope: { from, to: rcpts }, raw: raw(message) };
      if (arrival !== undefined)
        return { ...common, ...(JSON.parse(arrival) as Pick<Arrival, "qid" | "sid" | "peer">) };
      const keys = syntheticTraceKeys(message, folders.nameOf(firstFolder)) as Record<string, string>;
      const { QID: qid = "", SID: sid = "", Sender_IP_Address: ip = "", Sender_Host: host = "" } = keys;
      return { ...common, qid, sid, peer: { ip, host, helo: host, tls: "" } };
    },
  };

  function messages(rows: Record<string, SQLOutputValue>[]): StoredMessage[] {
    return table.read(rows.map(({ id }) => id as number));
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
}
