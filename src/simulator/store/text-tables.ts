import type { DatabaseSync, StatementSync } from "node:sqlite";

/** Letter case removed as the server removes it, the same for stored texts and for patterns. */
export function fold(text: string): string {
  return text.toLowerCase();
}

/** The text backwards by code points, so that "ends with" becomes "starts with" on an index. */
export function reverse(text: string): string {
  return Array.from(text).reverse().join("");
}

/** Gives every distinct address and subject a number. */
export interface TextTables {
  address(text: string): number;
  subject(text: string): number;
  /** Forgets remembered numbers, after the database was emptied or rolled back. */
  forget(): void;
}

/** Numbers remembered between two rows of a bulk load; beyond that the table is asked. */
const mostRemembered = 100_000;

/** Texts that were just used are remembered, so that a run of like messages asks the database once. */
export function createTextTables(database: DatabaseSync): TextTables {
  const findAddress = database.prepare("SELECT id FROM address WHERE text = ?");
  const addAddress = database.prepare("INSERT INTO address (text, folded, reversed) VALUES (?, ?, ?)");
  const findSubject = database.prepare("SELECT id FROM subject WHERE text = ?");
  const addSubject = database.prepare("INSERT INTO subject (text, folded) VALUES (?, ?)");
  const addPart = database.prepare("INSERT INTO subject_part (rowid, folded) VALUES (?, ?)");
  const addWord = database.prepare("INSERT INTO subject_word (rowid, folded) VALUES (?, ?)");
  const addresses = new Map<string, number>();
  const subjects = new Map<string, number>();

  return {
    address(text) {
      return numberOf(text, addresses, findAddress, () => {
        const folded = fold(text);
        return Number(addAddress.run(text, folded, reverse(folded)).lastInsertRowid);
      });
    },
    subject(text) {
      return numberOf(text, subjects, findSubject, () => {
        const folded = fold(text);
        const id = Number(addSubject.run(text, folded).lastInsertRowid);
        addPart.run(id, folded);
        addWord.run(id, folded);
        return id;
      });
    },
    forget() {
      addresses.clear();
      subjects.clear();
    },
  };
}

function numberOf(text: string, known: Map<string, number>, find: StatementSync, add: () => number): number {
  const remembered = known.get(text);
  if (remembered !== undefined) return remembered;
  const id = (find.get(text)?.id as number | undefined) ?? add();
  if (known.size >= mostRemembered) known.clear();
  known.set(text, id);
  return id;
}
