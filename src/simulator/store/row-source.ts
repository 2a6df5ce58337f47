import { allOf, type Condition } from "./condition.ts";
import type { Window } from "./query.ts";

/** A way to come at rows `m` of `message` that lie in a window of time. */
export interface RowSource {
  from: Condition;
  where: Condition;
  /** The column that orders the rows by time. */
  time: string;
  /** The column that orders rows of one second. */
  id: string;
  /** Whether an index hands the rows over in that order, so that reading may stop early. */
  isOrdered: boolean;
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

function within(column: string, { first, last }: Window): Condition {
  return { sql: `${column} BETWEEN ? AND ?`, values: [first, last] };
}

/** Through time, within one folder or over everything. */
export function timeWalk(folder: number | undefined, window: Window): RowSource {
  const time = within("m.received_at", window);
  const columns = { time: "m.received_at", id: "m.id", isOrdered: true };
  return folder === undefined
    ? { from: { sql: "message m INDEXED BY message_time", values: [] }, where: time, ...columns }
    : {
        from: { sql: "message m INDEXED BY message_folder", values: [] },
        where: allOf([{ sql: "m.folder = ?", values: [folder] }, time]),
        ...columns,
      };
}

export const senderAccess = columnAccess("address", "a", "sender");

export const subjectAccess = columnAccess("subject", "s", "subject");

export const recipientAccess: TextAccess = {
  table: "address",
  alias: "a",
  source: (texts, window) => {
    const message = "CROSS JOIN message m ON m.id = r.message";
    const isSingle = texts.length === 1;
    return {
      from: isSingle
        ? { sql: `recipient r INDEXED BY recipient_address ${message}`, values: [] }
        : {
            sql: `json_each(?) listed CROSS JOIN recipient r INDEXED BY recipient_address ON r.address = listed.value ${message}`,
            values: [JSON.stringify(texts)],
          },
      where: allOf([
        ...(isSingle ? [{ sql: "r.address = ?", values: [...texts] }] : []),
        within("r.received_at", window),
      ]),
      time: "r.received_at",
      id: "r.message",
      isOrdered: isSingle,
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
    source: (texts, window) => {
      const isSingle = texts.length === 1;
      return {
        from: isSingle
          ? { sql: `message m INDEXED BY message_${column}`, values: [] }
          : {
              sql: `json_each(?) listed CROSS JOIN message m INDEXED BY message_${column} ON m.${column} = listed.value`,
              values: [JSON.stringify(texts)],
            },
        where: allOf([
          ...(isSingle ? [{ sql: `m.${column} = ?`, values: [...texts] }] : []),
          within("m.received_at", window),
        ]),
        time: "m.received_at",
        id: "m.id",
        isOrdered: isSingle,
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
