import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { HeldMessage, StoredMessage } from "./store.ts";
import type { TextTables } from "./text-tables.ts";

/** A row that enters the table. */
export interface NewMessage extends Omit<HeldMessage, "localGuid" | "folder"> {
  /** A number; 0 for a message that is not held. */
  folder: number;
  isTraced: boolean;
  /** JSON of the ids and the peer it came with; without it, the message is synthetic. */
  arrival?: string;
  /** JSON of its Smart Search keys; without it, they follow from the row. */
  trace?: string;
}

/** What the store knows of a row beyond the message itself. */
export interface MessageOrigin {
  /** Undefined when the guid itself serves. */
  localGuid: string | undefined;
  firstFolder: number;
  arrival: string | undefined;
  trace: string | undefined;
}

/** The rows of `message`, with their recipients and texts. */
export interface MessageTable {
  /** Adds a row and returns its number. */
  add(message: NewMessage, localGuid: (id: number) => string | undefined): number;
  /** Reads rows in the order of the ids. */
  read(ids: readonly number[]): StoredMessage[];
  origin(id: number): MessageOrigin;
  place(id: number, folder: number, localGuid: string | undefined): void;
  /** Forgets what it remembers of the database, after that was emptied or rolled back. */
  forget(): void;
}

const columns = `m.id, m.guid, coalesce(m.local_guid, m.guid), coalesce(f.name, ''), m.received_at, s.text, m.message_id, a.text, m.size,
  m.spam_score, m.host_ip, m.server, m.dlp, m.statuses`;

/** Ids are handed out here and not by the database, so that an id made from the number needs no second write. */
export function createMessageTable(database: DatabaseSync, texts: TextTables): MessageTable {
  const last = database.prepare("SELECT coalesce(max(id), 0) AS id FROM message");
  let nextId = 0;
  const forget = () => {
    nextId = (last.get()?.id as number) + 1;
    texts.forget();
  };
  forget();
  const insert = database.prepare(
    `INSERT INTO message (id, guid, local_guid, folder, traced, received_at, sender, subject, message_id, size, spam_score, host_ip, server, dlp, first_folder, arrival, trace)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addRecipient = database.prepare(
    "INSERT INTO recipient (message, position, address, received_at) VALUES (?, ?, ?, ?)",
  );
  const place = database.prepare("UPDATE message SET folder = ?, local_guid = ? WHERE id = ?");
  const origin = database.prepare("SELECT local_guid, first_folder, arrival, trace FROM message WHERE id = ?");
  const rows = database.prepare(
    `SELECT ${columns} FROM json_each(?) listed CROSS JOIN message m ON m.id = listed.value
     JOIN address a ON a.id = m.sender JOIN subject s ON s.id = m.subject LEFT JOIN folder f ON f.id = m.folder`,
  );
  const recipients = database.prepare(
    `SELECT r.message, a.text FROM json_each(?) listed CROSS JOIN recipient r ON r.message = listed.value
     JOIN address a ON a.id = r.address ORDER BY r.message, r.position`,
  );
  // Arrays are read twice as fast as objects, which shows with a thousand rows an answer.
  for (const statement of [rows, recipients]) statement.setReturnArrays(true);

  return {
    add(message, localGuid) {
      const { receivedAt, guid, folder } = message;
      const id = nextId++;
      insert.run(
        id,
        guid,
        localGuid(id) ?? null,
        folder,
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
        folder,
        message.arrival ?? null,
        message.trace ?? null,
      );
      message.rcpts.forEach((address, position) => {
        addRecipient.run(id, position, texts.address(address), receivedAt);
      });
      return id;
    },
    read(ids) {
      const list = JSON.stringify(ids);
      const byId = new Map<number, StoredMessage>();
      for (const row of rows.all(list) as unknown as SQLOutputValue[][]) {
        const message = toMessage(row);
        byId.set(message.id, message);
      }
      for (const [id, address] of recipients.all(list) as unknown as [number, string][])
        byId.get(id)?.rcpts.push(address);
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
    origin(id) {
      const row = origin.get(id);
      if (row === undefined) throw new Error(`There is no message ${id}.`);
      const optional = (name: string) => (row[name] as string | null) ?? undefined;
      return {
        localGuid: optional("local_guid"),
        firstFolder: row.first_folder as number,
        arrival: optional("arrival"),
        trace: optional("trace"),
      };
    },
    place: (id, folder, localGuid) => void place.run(folder, localGuid ?? null, id),
    forget,
  };
}

function toMessage(row: SQLOutputValue[]): StoredMessage {
  const [id, guid, localGuid, folder, receivedAt, subject, messageId, from] = row;
  const [sizeBytes, spamScore, hostIp, processingServer, dlp, statuses] = row.slice(8);
  return {
    id,
    guid,
    localGuid,
    folder,
    receivedAt,
    subject,
    messageId,
    from,
    rcpts: [],
    sizeBytes,
    spamScore: spamScore ?? undefined,
    hostIp,
    processingServer,
    dlp,
    statuses: typeof statuses === "string" ? JSON.parse(statuses) : [],
  } as StoredMessage;
}
