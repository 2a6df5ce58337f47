import type { DatabaseSync } from "node:sqlite";
import { addressMatches, allOf, anyOf, type Condition, subjectHasWords, subjectMatches } from "./condition.ts";
import type { TextForm, TextPattern, Window } from "./query.ts";
import {
  type RowSource,
  recipientAccess,
  senderAccess,
  subjectAccess,
  type TextAccess,
  timeWalk,
} from "./row-source.ts";

/** A search among the rows of `message`, whichever of the two API searches it serves. */
export interface MessageSearch {
  window: Window;
  /** The number of a folder, or undefined for all rows, held or not. */
  folder: number | undefined;
  sender: TextPattern;
  recipient: TextPattern;
  subject: TextPattern;
  /** Stemmed words that the subject must hold. */
  subjectWords?: readonly string[];
  /** Further conditions on row `m`. */
  where: readonly Condition[];
  order: "DESC" | "ASC";
  /** Shuffles rows of one second; the number picks the order. */
  shuffle?: number;
}

/** Finds rows, whether held or traced. */
export interface SearchEngine {
  /** Ids of the matching messages in order. */
  ids(search: MessageSearch, limit: number): Iterable<number>;
  count(search: MessageSearch): number;
}

/** A pattern that fits this many texts at most is carried to the messages as a list of numbers. */
const mostListedTexts = 5_000;

/** So many rows are cheaper to fetch and sort than to meet while walking through time. */
const mostFetchedRows = 4_000;

interface Filter {
  condition: Condition;
  source?: RowSource;
}

/**
 * Finds messages among a million within milliseconds: of the ways to come at the rows it takes the one with the fewest, and where
 * all have many it walks an ordered index and stops when the answer is full.
 */
export function createSearchEngine(database: DatabaseSync): SearchEngine {
  return {
    *ids(search, limit) {
      const plan = planOf(search);
      if (plan === undefined) return;
      const { from, where, time, id, hasDoubles } = plan.source;
      const condition = allOf([where, plan.condition]);
      const columns = `${hasDoubles ? "DISTINCT " : ""}${id} AS id, ${time} AS time`;
      const sql = `SELECT ${columns} FROM ${from.sql} WHERE ${condition.sql} ORDER BY ${orderOf(search, plan.source)} LIMIT ?`;
      for (const row of database.prepare(sql).iterate(...from.values, ...condition.values, limit))
        yield row.id as number;
    },
    count(search) {
      const plan = planOf(search);
      if (plan === undefined) return 0;
      const { from, where } = plan.source;
      const condition = allOf([where, plan.condition]);
      const sql = `SELECT count(DISTINCT m.id) AS found FROM ${from.sql} WHERE ${condition.sql}`;
      return database.prepare(sql).get(...from.values, ...condition.values)?.found as number;
    },
  };

  /** Undefined when a pattern fits no text at all, so that nothing can be found. */
  function planOf(search: MessageSearch): { source: RowSource; condition: Condition } | undefined {
    const { window, folder, subjectWords } = search;
    const words = subjectWords && subjectHasWords(subjectWords);
    const filters = [
      filterOf(patternCondition(search.sender, addressMatches), senderAccess, window),
      filterOf(patternCondition(search.recipient, addressMatches), recipientAccess, window),
      filterOf(patternCondition(search.subject, subjectMatches), subjectAccess, window),
      filterOf(words ?? "any", subjectAccess, window),
    ];
    const active: Filter[] = [];
    for (const filter of filters) {
      if (filter === "none") return undefined;
      if (filter !== "any") active.push(filter);
    }
    const inFolder = folder === undefined ? [] : [{ sql: "m.folder = ?", values: [folder] }];
    return {
      source: cheapest(timeWalk(folder, window), active),
      condition: allOf([...inFolder, ...active.map(({ condition }) => condition), ...search.where]),
    };
  }

  function filterOf(pattern: Condition | "any" | "none", access: TextAccess, window: Window): Filter | "any" | "none" {
    if (typeof pattern === "string") return pattern;
    const { table, alias } = access;
    const sql = `SELECT ${alias}.id AS id FROM ${table} ${alias} WHERE ${pattern.sql} LIMIT ?`;
    const rows = database.prepare(sql).all(...pattern.values, mostListedTexts + 1);
    if (rows.length === 0) return "none";
    if (rows.length > mostListedTexts) return { condition: access.perRow(pattern) };
    const texts = rows.map((row) => row.id as number);
    return { condition: access.amongListed(texts), source: access.source(texts, window) };
  }

  function cheapest(walk: RowSource, filters: readonly Filter[]): RowSource {
    const sources = [walk, ...filters.flatMap(({ source }) => source ?? [])];
    if (sources.length === 1) return walk;
    let best: RowSource | undefined;
    let fewest = mostFetchedRows;
    for (const source of sources) {
      const rows = rowsOf(source, fewest);
      if (rows < fewest) [best, fewest] = [source, rows];
    }
    return best ?? sources.findLast(({ isOrdered }) => isOrdered) ?? walk;
  }

  /** Counts no further than `enough`. */
  function rowsOf({ probe, where }: RowSource, enough: number): number {
    const sql = `SELECT count(*) AS found FROM (SELECT 1 FROM ${probe.sql} WHERE ${where.sql} LIMIT ?)`;
    return database.prepare(sql).get(...probe.values, ...where.values, enough)?.found as number;
  }
}

function patternCondition(pattern: TextPattern, matches: (form: TextForm) => Condition): Condition | "any" | "none" {
  return typeof pattern === "string" ? pattern : anyOf(pattern.map(matches));
}

function orderOf({ order, shuffle }: MessageSearch, { time, id }: RowSource): string {
  // A multiplication by a large prime scatters neighbours, so every number asked for gives another order.
  const withinSecond = shuffle === undefined ? id : `((${id} + ${Math.trunc(shuffle)}) * 2654435761) % 4294967291`;
  return `${time} ${order}, ${withinSecond} ${order}`;
}
