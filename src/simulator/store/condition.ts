import type { TextForm } from "./query.ts";
import { fold, reverse } from "./text-tables.ts";

/** A piece of SQL with the values for its question marks. */
export interface Condition {
  sql: string;
  values: (string | number)[];
}

/** Sorts after every text that continues a prefix. */
const lastCharacter = "\u{10FFFF}";

/** More trigrams than this narrow a search no further. */
const mostTrigrams = 24;

/** All must hold; with none, everything does. */
export function allOf(conditions: readonly Condition[]): Condition {
  return join(conditions, " AND ", "1");
}

/** One must hold; with none, nothing does. */
export function anyOf(conditions: readonly Condition[]): Condition {
  return join(conditions, " OR ", "0");
}

/** Whether row `a` of table `address` matches. */
export function addressMatches(form: TextForm): Condition {
  const text = fold(form.text);
  switch (form.kind) {
    case "starts":
      return exact(form, "a", { sql: "a.folded >= ? AND a.folded < ?", values: [text, text + lastCharacter] });
    case "ends": {
      const backwards = reverse(text);
      return exact(form, "a", {
        sql: "a.reversed >= ? AND a.reversed < ?",
        values: [backwards, backwards + lastCharacter],
      });
    }
    default:
      return exact(form, "a", comparison({ ...form, text }, "a.folded"));
  }
}

/** Whether row `s` of table `subject` matches. */
export function subjectMatches(form: TextForm): Condition {
  const text = fold(form.text);
  const matches = exact(form, "s", comparison({ ...form, text }, "s.folded"));
  const trigrams = form.kind === "glob" ? text.split("*").flatMap(trigramsOf) : trigramsOf(text);
  if (trigrams.length === 0) return matches;
  const found = trigrams.slice(0, mostTrigrams).map(quoted).join(" AND ");
  return allOf([
    { sql: "s.id IN (SELECT rowid FROM subject_part WHERE subject_part MATCH ?)", values: [found] },
    matches,
  ]);
}

/** Whether row `s` of table `subject` holds all the words, stemmed. */
export function subjectHasWords(words: readonly string[]): Condition {
  if (words.length === 0) return anyOf([]);
  const found = words.map((word) => quoted(fold(word))).join(" AND ");
  return { sql: "s.id IN (SELECT rowid FROM subject_word WHERE subject_word MATCH ?)", values: [found] };
}

/** Letter case counts too: the folded comparison stays, because the indexes serve it. */
function exact(form: TextForm, table: string, folded: Condition): Condition {
  return form.isExactCase ? allOf([folded, comparison(form, `${table}.text`)]) : folded;
}

function comparison({ kind, text }: TextForm, column: string): Condition {
  switch (kind) {
    case "equals":
      return { sql: `${column} = ?`, values: [text] };
    case "starts":
      return edge(column, "1", text);
    case "ends":
      return edge(column, "-octet_length(?)", text);
    case "contains":
      return { sql: `instr(${column}, ?) > 0`, values: [text] };
    case "glob":
      return { sql: `${column} GLOB ?`, values: [text.replaceAll(/[[?]/g, "[$&]")] };
  }
}

/** Bytes and not characters are compared, because the character functions of SQLite stop at a NUL. */
function edge(column: string, start: string, text: string): Condition {
  if (text === "") return allOf([]);
  const values = start === "1" ? [text, text] : [text, text, text];
  return { sql: `substr(CAST(${column} AS BLOB), ${start}, octet_length(?)) = CAST(? AS BLOB)`, values };
}

/** Runs of three characters as the trigram index cuts them. A NUL would end the query text, so runs with one are left out. */
function trigramsOf(text: string): string[] {
  const characters = Array.from(text);
  const runs = new Set<string>();
  for (let index = 0; index + 3 <= characters.length; index++) {
    const run = characters.slice(index, index + 3).join("");
    if (!run.includes("\0")) runs.add(run);
  }
  return [...runs];
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function join(conditions: readonly Condition[], operator: string, empty: string): Condition {
  if (conditions.length === 0) return { sql: empty, values: [] };
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(operator)})`,
    values: conditions.flatMap(({ values }) => values),
  };
}
