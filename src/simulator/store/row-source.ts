import { allOf, type Condition } from "./condition.ts";
import type { Window } from "./query.ts";

/** A way to come at rows `m` of `message` that lie in a window of time. */
export interface RowSource {
  from: Condition;
  where: Condition;
  /** The part of `from` that meets one index only: enough to count the rows that the source leads to. */
  probe: Condition;
  /** The columns that order the rows by time, and within one second. */
  time: string;
  id: string;
  /** Whether an index hands the rows over in that order, so that reading may stop early. */
  isOrdered: boolean;
  /** Whether one row may come several times. */
  hasDoubles: boolean;
}

/** How one kind of text leads to messages. */
export interface TextAccess {
  /** The table of texts and the alias that conditions on it use. */
  table: string;
  alias: string;
  source(texts: readonly number[], window: Window): RowSource;
  /** Whether row `m` has one of these texts. */
  amongListed(texts: readonly number[]): Condition;
  /** Whether row `m` has a text that meets the condition, looked at row by row. */
  perRow(condition: Condition): Condition;
}

/** Through time, within one folder or over everything. */
export function timeWalk(folder: number | undefined, window: Window): RowSource {
  const from = { sql: `message m INDEXED BY message_${folder === undefined ? "time" : "folder"}`, values: [] };
  const inFolder = folder === undefined ? [] : [{ sql: "m.folder = ?", values: [folder] }];
  return {
    from,
    probe: from,
    where: allOf([...inFolder, within("m", window)]),
    time: "m.received_at",
    id: "m.id",
    isOrdered: true,
    hasDoubles: false,
  };
}

/** By the envelope sender. */
export const senderAccess = columnAccess("address", "a", "sender");

/** By the subject. */
export const subjectAccess = columnAccess("subject", "s", "subject");

/** By any envelope recipient: one row may be met several times. */
export const recipientAccess: TextAccess = {
  table: "address",
  alias: "a",
  source(texts, window) {
    const { probe, where, isSingle } = indexed("recipient r INDEXED BY recipient_address", "r.address", texts);
    return {
      from: { sql: `${probe.sql} CROSS JOIN message m ON m.id = r.message`, values: probe.values },
      probe,
      where: allOf([where, within("r", window)]),
      time: "r.received_at",
      id: "r.message",
      isOrdered: isSingle,
      hasDoubles: !isSingle,
    };
  },
  amongListed: (texts) => ({
    sql: "EXISTS (SELECT 1 FROM recipient x WHERE x.message = m.id AND x.address IN (SELECT value FROM json_each(?)))",
    values: [JSON.stringify(texts)],
  }),
  perRow: ({ sql, values }) => ({
    sql: `EXISTS (SELECT 1 FROM recipient x CROSS JOIN address a ON a.id = x.address WHERE x.message = m.id AND ${sql})`,
    values,
  }),
};

function columnAccess(table: string, alias: string, column: string): TextAccess {
  return {
    table,
    alias,
    source(texts, window) {
      const { probe, where, isSingle } = indexed(`message m INDEXED BY message_${column}`, `m.${column}`, texts);
      return {
        from: probe,
        probe,
        where: allOf([where, within("m", window)]),
        time: "m.received_at",
        id: "m.id",
        isOrdered: isSingle,
        hasDoubles: false,
      };
    },
    amongListed: (texts) => ({
      sql: `m.${column} IN (SELECT value FROM json_each(?))`,
      values: [JSON.stringify(texts)],
    }),
    perRow: ({ sql, values }) => ({
      sql: `EXISTS (SELECT 1 FROM ${table} ${alias} WHERE ${alias}.id = m.${column} AND ${sql})`,
      values,
    }),
  };
}

/** Rows with one text come in order of time; those of several texts come text by text. */
function indexed(table: string, column: string, texts: readonly number[]) {
  const isSingle = texts.length === 1;
  const probe: Condition = isSingle
    ? { sql: table, values: [] }
    : { sql: `json_each(?) listed CROSS JOIN ${table} ON ${column} = listed.value`, values: [JSON.stringify(texts)] };
  const where: Condition = isSingle ? { sql: `${column} = ?`, values: [...texts] } : allOf([]);
  return { probe, where, isSingle };
}

function within(alias: string, { first, last }: Window): Condition {
  return { sql: `${alias}.received_at BETWEEN ? AND ?`, values: [first, last] };
}
