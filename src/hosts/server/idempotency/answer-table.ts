import { createHash, randomBytes } from "node:crypto";
import { chmodSync, closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** An answer as it went to the caller. */
export interface KeptAnswer {
  status: number;
  contentType: string;
  body: Uint8Array;
}

/** Whose call of which key it is, and what all was asked. */
export interface KeyedRequest {
  who: string;
  key: string;
  /** The same text for the same request. */
  request: string;
}

/** What stands in the table under a key. */
export type KeptCall = { isSame: boolean; answer?: KeptAnswer };

/** The calls of the last day that came with a key; on disk, so that a restart forgets none. */
export interface AnswerTable {
  find(request: KeyedRequest): KeptCall | undefined;
  /** On disk when this returns. */
  begin(request: KeyedRequest): void;
  finish(request: KeyedRequest, answer: KeptAnswer): void;
  forget(request: KeyedRequest): void;
  close(): void;
}

const keptMilliseconds = 24 * 60 * 60 * 1000;

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS calls (
    who TEXT NOT NULL, key TEXT NOT NULL, salt BLOB NOT NULL, digest BLOB NOT NULL, began INTEGER NOT NULL,
    status INTEGER, content_type TEXT, body BLOB,
    PRIMARY KEY (who, key)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS calls_by_age ON calls (began);
`;

interface Row {
  salt: Uint8Array;
  digest: Uint8Array;
  status: number | null;
  content_type: string | null;
  body: Uint8Array | null;
}

/** Opens the table, or makes it, for its owner alone. `now` is in milliseconds since 1970. */
export function openAnswerTable(path: string, now: () => number = Date.now): AnswerTable {
  closeSync(openSync(path, "a", 0o600));
  chmodSync(path, 0o600);
  const database = new DatabaseSync(path);
  database.exec(schema);
  const select = database.prepare(
    "SELECT salt, digest, status, content_type, body FROM calls WHERE who = ? AND key = ? AND began >= ?",
  );
  const insert = database.prepare("INSERT INTO calls (who, key, salt, digest, began) VALUES (?, ?, ?, ?, ?)");
  const update = database.prepare("UPDATE calls SET status = ?, content_type = ?, body = ? WHERE who = ? AND key = ?");
  const remove = database.prepare("DELETE FROM calls WHERE who = ? AND key = ?");
  const purge = database.prepare("DELETE FROM calls WHERE began < ?");
  return {
    find({ who, key, request }) {
      const row = select.get(who, key, now() - keptMilliseconds) as Row | undefined;
      if (row === undefined) return undefined;
      const isSame = Buffer.from(row.digest).equals(digest(request, row.salt));
      if (row.status === null || row.content_type === null || row.body === null) return { isSame };
      return { isSame, answer: { status: row.status, contentType: row.content_type, body: row.body } };
    },
    begin({ who, key, request }) {
      // A request may hold a password; without salt, its hash could be looked up.
      const salt = randomBytes(16);
      // Here and not where answers are looked for: those can still be given when the disk is full.
      purge.run(now() - keptMilliseconds);
      insert.run(who, key, salt, digest(request, salt), now());
    },
    finish({ who, key }, { status, contentType, body }) {
      update.run(status, contentType, body, who, key);
    },
    forget: ({ who, key }) => void remove.run(who, key),
    close: () => database.close(),
  };
}

function digest(request: string, salt: Uint8Array): Buffer {
  return createHash("sha256").update(salt).update(request).digest();
}
