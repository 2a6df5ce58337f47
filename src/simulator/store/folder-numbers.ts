import type { DatabaseSync } from "node:sqlite";
import type { Folders } from "../folders.ts";

/** Folders by number: 1 and up, kept over restarts; 0 stands for "not held". */
export interface FolderNumbers {
  /** Throws for a folder that the configuration does not know. */
  of(name: string): number;
  nameOf(number: number): string;
}

/** Numbers for all configured folders; those of earlier runs keep theirs. */
export function createFolderNumbers(database: DatabaseSync, folders: Folders): FolderNumbers {
  const add = database.prepare("INSERT INTO folder (name) VALUES (?) ON CONFLICT (name) DO NOTHING");
  for (const { name } of folders.all) add.run(name);
  const rows = database.prepare("SELECT id, name FROM folder").all();
  const numbers = new Map(rows.map((row) => [row.name as string, row.id as number]));
  const names = new Map(rows.map((row) => [row.id as number, row.name as string]));
  return {
    of(name) {
      const folder = folders.find(name);
      const number = folder && numbers.get(folder.name);
      if (number === undefined) throw new Error(`There is no folder "${name}".`);
      return number;
    },
    nameOf: (number) => names.get(number) ?? "",
  };
}
