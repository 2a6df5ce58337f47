import { DatabaseSync } from "node:sqlite";

const layoutVersion = 2;

/**
 * One row of `message` is one pass of one mail through the gateway: held while `folder` is not 0, in Smart Search while `traced`
 * is 1. Addresses and subjects are kept once each, so that a pattern is looked up among few texts instead of a million rows.
 */
const tables = `
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folder (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS address (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, folded TEXT NOT NULL, reversed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS subject (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, folded TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS subject_part USING fts5(folded, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1');
CREATE VIRTUAL TABLE IF NOT EXISTS subject_word USING fts5(folded, content='', columnsize=0, tokenize='porter unicode61');
CREATE TABLE IF NOT EXISTS message (
  id INTEGER PRIMARY KEY,
  guid TEXT NOT NULL,
  local_guid TEXT,
  folder INTEGER NOT NULL,
  traced INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  sender INTEGER NOT NULL,
  subject INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  size INTEGER NOT NULL,
  spam_score REAL,
  host_ip TEXT NOT NULL,
  server TEXT NOT NULL,
  dlp TEXT NOT NULL,
  first_folder INTEGER NOT NULL,
  statuses TEXT,
  arrival TEXT,
  trace TEXT
);
CREATE TABLE IF NOT EXISTS recipient (
  message INTEGER NOT NULL,
  position INTEGER NOT NULL,
  address INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (message, position)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS raw (message INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS journal (sequence INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, entry TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pending (id INTEGER PRIMARY KEY AUTOINCREMENT, due INTEGER NOT NULL, effect TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS organisation_entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  list TEXT NOT NULL,
  attribute TEXT NOT NULL,
  operator TEXT NOT NULL,
  value TEXT NOT NULL,
  comment TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  removed_at INTEGER
);
CREATE UNIQUE INDEX IF NOT EXISTS organisation_present ON organisation_entry (list, attribute, operator, value) WHERE removed_at IS NULL;
CREATE TABLE IF NOT EXISTS enduser (uid TEXT PRIMARY KEY, profile TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS enduser_name (name TEXT PRIMARY KEY, enduser TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS enduser_names ON enduser_name (enduser);
CREATE INDEX IF NOT EXISTS pending_due ON pending (due);
CREATE INDEX IF NOT EXISTS address_folded ON address (folded);
CREATE INDEX IF NOT EXISTS address_reversed ON address (reversed);
`;

/** The id follows the time, so that newest first is the index read backwards; the rest saves looking at the rows themselves. */
const bulkIndexes = {
  message_folder: "message (folder, received_at, id, sender, subject)",
  message_time: "message (received_at, id, sender, subject, traced)",
  message_sender: "message (sender, received_at, id, folder, subject)",
  message_subject: "message (subject, received_at, id, folder, sender)",
  message_guid: "message (guid)",
  message_local_guid: "message (local_guid) WHERE local_guid IS NOT NULL",
  recipient_address: "recipient (address, received_at, message)",
};

/**
 * Opens the database, in memory without a file, and lays its tables out.
 * Throws when the file was written by another version of the layout.
 */
export function openDatabase(file: string | undefined): DatabaseSync {
  const database = new DatabaseSync(file ?? ":memory:");
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536");
  const found = database.prepare("PRAGMA user_version").get()?.user_version as number;
  if (found !== 0 && found !== layoutVersion) {
    database.close();
    throw new Error(`The data file ${file} has layout ${found}, this version needs layout ${layoutVersion}.`);
  }
  database.exec(tables);
  createIndexes(database);
  database.exec(`PRAGMA user_version = ${layoutVersion}`);
  return database;
}

function createIndexes(database: DatabaseSync): void {
  for (const [name, target] of Object.entries(bulkIndexes))
    database.exec(`CREATE INDEX IF NOT EXISTS ${name} ON ${target}`);
}

/** Runs `work` without the large indexes and builds them afterwards, which is several times faster for very many rows. */
export function withoutIndexes<T>(database: DatabaseSync, work: () => T): T {
  for (const name of Object.keys(bulkIndexes)) database.exec(`DROP INDEX IF EXISTS ${name}`);
  try {
    return work();
  } finally {
    createIndexes(database);
  }
}

/** Counts this opening of the database and returns how many there were before. */
export function countRun(database: DatabaseSync): number {
  const runs = database
    .prepare(
      "INSERT INTO setting (name, value) VALUES ('runs', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
    )
    .get()?.value as number;
  return runs - 1;
}

/** Forgets everything but settings and folders. */
export function emptyDatabase(database: DatabaseSync): void {
  inTransaction(database, () => {
    for (const table of [
      "message",
      "recipient",
      "raw",
      "journal",
      "pending",
      "organisation_entry",
      "enduser",
      "enduser_name",
      "address",
      "subject",
      "sqlite_sequence",
    ]) {
      database.exec(`DELETE FROM ${table}`);
    }
    for (const index of ["subject_part", "subject_word"]) {
      database.exec(`INSERT INTO ${index} (${index}) VALUES ('delete-all')`);
    }
  });
}

/** All or nothing. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}
