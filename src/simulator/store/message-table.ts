import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { HeldMessage, StoredMessage } from "./store.ts";
import type { TextTables } from "./text-tables.ts";

/** A row that enters the table. `trace` is the JSON of its Smart Search keys, `arrival` that of its way in. */
export interface NewMessage extends Omit<HeldMessage, "localGuid" | "folder"> {
  /** Numbers; 0 for a message that is not held. */
  folder: number;
  isTraced: boolean;
  arrival?: string;
  trace?: string;
}

/** A row as it was read, with what only the store needs to know. */
export interface MessageRow {
  message: StoredMessage;
  firstFolder: string;
  storedLocalGuid: string | undefined;
  arrival: string | undefined;
  trace: string | undefined;
}

export interface MessageTable {
  /** Adds a row and returns its number. */
  add(message: NewMessage, localGuid: (id: number) => string | undefined): number;
  /** Reads rows in the order of the ids. */
  read(ids: readonly number[]): MessageRow[];
  place(id: number, folder: number, localGuid: string | undefined): void;
}

const COLUMNS = `m.id, m.guid, coalesce(m.local_guid, m.guid) AS local_guid, m.local_guid AS stored_local_guid, coalesce(f.name, '') AS folder, coalesce(o.name, '') AS first_folder, m.received_at, a.text AS sender, s.text AS subject,
 m.message_id, m.size, m.spam_score, m.host_ip, m.server, m.dlp, m.statuses, m.arrival, m.trace,
 (SELECT json_group_array(x.text) FROM (SELECT t.text FROM recipient r JOIN address t ON t.id = r.address WHERE r.message = m.id ORDER BY r.position) x) AS recipients`;

export function createMessageTable(database: DatabaseSync, texts: TextTables): MessageTable {
  const insert = database.prepare(
    `INSERT INTO message (guid, folder, traced, received_at, sender, subject, message_id, size, spam_score, host_ip, server, dlp, first_folder, arrival, trace)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const setLocalGuid = database.prepare("UPDATE message SET local_guid = ? WHERE id = ?");
  const addRecipient = database.prepare(
    "INSERT INTO recipient (message, position, address, received_at) VALUES (?, ?, ?, ?)",
  );
  const place = database.prepare("UPDATE message SET folder = ?, local_guid = ? WHERE id = ?");
  const read = database.prepare(
    `SELECT ${COLUMNS} FROM json_each(?) listed CROSS JOIN message m ON m.id = listed.value
     JOIN address a ON a.id = m.sender JOIN subject s ON s.id = m.subject
     LEFT JOIN folder f ON f.id = m.folder LEFT JOIN folder o ON o.id = m.first_folder ORDER BY listed.key`,
  );

  return {
    add(message, localGuid) {
      const { receivedAt } = message;
      const added = insert.run(
        message.guid,
        message.folder,
        message.isTraced ? 1 : 0,
        receivedAt,
        texts.address(message.from),
        texts.subject(message.subject),
        message.messageId,
        message.sizeBytes,
        message.spamScore ?? null,
        message.hostIp,
        message.processingServer,
        message.dlp,
        message.folder,
        message.arrival ?? null,
        message.trace ?? null,
      );
      const id = Number(added.lastInsertRowid);
      const own = localGuid(id);
      if (own !== undefined) setLocalGuid.run(own, id);
      message.rcpts.forEach((address, position) => {
        addRecipient.run(id, position, texts.address(address), receivedAt);
      });
      return id;
    },
    read: (ids) => read.all(JSON.stringify(ids)).map(toRow),
    place: (id, folder, localGuid) => void place.run(folder, localGuid ?? null, id),
  };
}

function toRow(row: Record<string, SQLOutputValue>): MessageRow {
  const optional = (name: string) => (row[name] as string | null) ?? undefined;
  const statuses = optional("statuses");
  return {
    message: {
      id: row.id as number,
      guid: row.guid as string,
      localGuid: row.local_guid as string,
      folder: row.folder as string,
      receivedAt: row.received_at as number,
      subject: row.subject as string,
      messageId: row.message_id as string,
      from: row.sender as string,
      rcpts: JSON.parse(row.recipients as string) as string[],
      sizeBytes: row.size as number,
      spamScore: (row.spam_score as number | null) ?? undefined,
      hostIp: row.host_ip as string,
      processingServer: row.server as string,
      dlp: row.dlp as string,
      statuses: statuses === undefined ? [] : (JSON.parse(statuses) as StoredMessage["statuses"]),
    },
    firstFolder: row.first_folder as string,
    storedLocalGuid: optional("stored_local_guid"),
    arrival: optional("arrival"),
    trace: optional("trace"),
  };
}
