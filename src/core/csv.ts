/** One row of a CSV text. */
export interface CsvRow {
  cells: string[];
  /** The line it begins on, from 1. */
  line: number;
}

/** A CSV text, read. */
export interface CsvRows {
  rows: CsvRow[];
  /** The line of a quoted field that never ends, which took in all that follows. */
  openQuoteLine?: number;
}

/**
 * Reads CSV (RFC 4180) with any of `separators` between fields and any line end. Blank lines are no rows. A
 * field with text behind its closing quote is taken as it stands.
 */
export function readCsv(text: string, separators: string): CsvRows {
  const rows: CsvRow[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const row: CsvRow = { cells: [], line };
    let end = at;
    do {
      const field = readField(text, at, separators);
      if (field === undefined) return { rows, openQuoteLine: line };
      row.cells.push(field.value);
      line += countLines(text, at, field.end);
      end = field.end;
      at = end + 1;
    } while (end < text.length && !isLineEnd(text, end));
    if (text.slice(end, end + 2) === "\r\n") at++;
    line++;
    if (row.cells.length > 1 || row.cells[0] !== "") rows.push(row);
  }
  return { rows };
}

interface FieldRead {
  value: string;
  /** The place of the separator or line end behind it. */
  end: number;
}

function isLineEnd(text: string, at: number): boolean {
  const sign = text.charAt(at);
  return sign === "\n" || sign === "\r";
}

/** Undefined where a quote is never closed. */
function readField(text: string, start: number, separators: string): FieldRead | undefined {
  let end = start;
  if (text.charAt(start) === '"') {
    const close = findClosingQuote(text, start + 1);
    if (close < 0) return undefined;
    end = close + 1;
    if (isFieldEnd(text, end, separators)) {
      return { value: text.slice(start + 1, close).replace(/""/g, '"'), end };
    }
  }
  while (!isFieldEnd(text, end, separators)) end++;
  return { value: text.slice(start, end), end };
}

function isFieldEnd(text: string, at: number, separators: string): boolean {
  return at >= text.length || isLineEnd(text, at) || separators.indexOf(text.charAt(at)) >= 0;
}

function findClosingQuote(text: string, start: number): number {
  let at = text.indexOf('"', start);
  while (at >= 0 && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2);
  return at;
}

function countLines(text: string, start: number, end: number): number {
  const breaks = text.slice(start, end).match(/\r\n?|\n/g);
  return breaks === null ? 0 : breaks.length;
}
