import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../clock.ts";
import type { JournalEntry } from "./store.ts";

/** What happened to mail, in order. */
export interface Journal {
  note(entry: Omit<JournalEntry, "sequence" | "at">): void;
  after(sequence: number): JournalEntry[];
  size(): number;
}

/** The list of effects by which tests judge (pps-api.md 11, point 2). */
export function createJournal(database: DatabaseSync, clock: Clock): Journal {
  const insert = database.prepare("INSERT INTO journal (at, entry) VALUES (?, ?)");
  const after = database.prepare("SELECT sequence, at, entry FROM journal WHERE sequence > ? ORDER BY sequence");
  const size = database.prepare("SELECT count(*) AS size FROM journal");
  return {
    note: (entry) => void insert.run(new Date(clock.now()).toISOString(), JSON.stringify(entry)),
    after: (sequence) =>
      after.all(sequence).map((row) => ({
        sequence: row.sequence as number,
        at: row.at as string,
        ...(JSON.parse(row.entry as string) as Omit<JournalEntry, "sequence" | "at">),
      })),
    size: () => size.get()?.size as number,
  };
}
