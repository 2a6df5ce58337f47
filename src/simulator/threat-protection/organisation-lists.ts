import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../clock.ts";

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
  /** The list as the filter knows it: a change gets there after the delay. */
  inForce(list: OrganisationList): OrganisationEntry[];
  /** False when an entry with this attribute, operator and value is on the list already; its comment then stays as it was. */
  add(list: OrganisationList, entry: OrganisationEntry): boolean;
  /** Takes out the entry with this attribute, operator and value, whatever its comment, and returns it as it stood there. */
  remove(list: OrganisationList, entry: Omit<OrganisationEntry, "comment">): OrganisationEntry | undefined;
}

/**
 * Keeps the lists in the gateway's database, so that they survive whatever the mail survives. `delay` is how long the filter
 * does not know of a change, in milliseconds of the gateway's clock.
 */
export function createOrganisationLists(database: DatabaseSync, clock: Clock, delay: number): OrganisationLists {
  const columns = "attribute, operator, value, comment";
  const present = database.prepare(
    `SELECT ${columns} FROM organisation_entry WHERE list = ? AND removed_at IS NULL ORDER BY id`,
  );
  const past = database.prepare(
    `SELECT ${columns} FROM organisation_entry WHERE list = :list AND added_at <= :at AND (removed_at IS NULL OR removed_at > :at) ORDER BY id`,
  );
  const insert = database.prepare(
    `INSERT OR IGNORE INTO organisation_entry (list, ${columns}, added_at) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const remove = database.prepare(
    `UPDATE organisation_entry SET removed_at = ?
      WHERE list = ? AND attribute = ? AND operator = ? AND value = ? AND removed_at IS NULL RETURNING comment`,
  );
  const forget = database.prepare("DELETE FROM organisation_entry WHERE removed_at <= ?");
  const entries = (list: OrganisationList) => present.all(list).map(toEntry);
  return {
    entries,
    // Without a delay not even a clock that was set back keeps a change from the filter.
    inForce: (list) => (delay === 0 ? entries(list) : past.all({ list, at: clock.now() - delay }).map(toEntry)),
    add: (list, { attribute, operator, value, comment }) =>
      insert.run(list, attribute, operator, value, comment, clock.now()).changes === 1,
    remove(list, { attribute, operator, value }) {
      forget.run(clock.now() - delay);
      const found = remove.get(clock.now(), list, attribute, operator, value);
      return found && { attribute, operator, value, comment: found.comment as string };
    },
  };
}

function toEntry({ attribute, operator, value, comment }: Record<string, unknown>): OrganisationEntry {
  return {
    attribute: attribute as string,
    operator: operator as string,
    value: value as string,
    comment: comment as string,
  };
}
