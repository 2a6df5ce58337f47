import type { DatabaseSync } from "node:sqlite";

/** The two lists of an organisation. */
export type OrganisationList = "safe" | "block";

/** One entry in the server's own words (pps-api.md 7); without a comment it is "". */
export interface OrganisationEntry {
  attribute: string;
  operator: string;
  value: string;
  comment: string;
}

/** The organisation's safe and block list, as cloud API and filter share them. */
export interface OrganisationLists {
  /** The whole list, oldest first. */
  entries(list: OrganisationList): OrganisationEntry[];
  /** False when an entry with this attribute, operator and value is on the list already; its comment then stays as it was. */
  add(list: OrganisationList, entry: OrganisationEntry): boolean;
  /** Takes out the entry with this attribute, operator and value, whatever its comment, and returns it as it stood there. */
  remove(list: OrganisationList, entry: Omit<OrganisationEntry, "comment">): OrganisationEntry | undefined;
  clear(): void;
}

/** Keeps the lists in the gateway's database, so that they survive whatever the mail survives. */
export function createOrganisationLists(database: DatabaseSync): OrganisationLists {
  const all = database.prepare(
    "SELECT attribute, operator, value, comment FROM organisation_entry WHERE list = ? ORDER BY id",
  );
  const insert = database.prepare(
    "INSERT OR IGNORE INTO organisation_entry (list, attribute, operator, value, comment) VALUES (?, ?, ?, ?, ?)",
  );
  const remove = database.prepare(
    "DELETE FROM organisation_entry WHERE list = ? AND attribute = ? AND operator = ? AND value = ? RETURNING comment",
  );
  return {
    entries: (list) =>
      all.all(list).map(({ attribute, operator, value, comment }) => ({
        attribute: attribute as string,
        operator: operator as string,
        value: value as string,
        comment: comment as string,
      })),
    add: (list, { attribute, operator, value, comment }) =>
      insert.run(list, attribute, operator, value, comment).changes === 1,
    remove(list, { attribute, operator, value }) {
      const found = remove.get(list, attribute, operator, value);
      return found && { attribute, operator, value, comment: found.comment as string };
    },
    clear: () => database.exec("DELETE FROM organisation_entry"),
  };
}
