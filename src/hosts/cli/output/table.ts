import { cellText, propertyOf } from "./cell.ts";
import type { Paint } from "./paint.ts";
import { fitText, padText, widthOf } from "./width.ts";

/** One column of a table. */
export interface Column {
  /** The value's name, which is the heading too. */
  name: string;
  /** An id, a time or a number: half of it is worth nothing, so it is never cut. */
  whole: boolean;
}

/** What a table shows and how. */
export interface TableShape {
  columns: readonly Column[];
  /** Terminal columns to fit into; absent: nothing is cut. */
  width?: number;
  /** Leaves out columns in which no measured row has a value. */
  omitEmpty?: boolean;
  paint: Paint;
}

const gap = "  ";
const narrowest = 10;
// Without a terminal a single huge subject must not push every other row apart.
const widestPadding = 60;

/** Columns as wide as these rows need, fitted to the terminal. */
export interface Layout {
  columns: readonly Sized[];
  /** The last columns, where a narrow terminal has no room beside the others: they stand on a line below. */
  below: readonly Column[];
}

type Sized = Column & { width: number };

/** Measures rows: how wide each column is, and which columns have room beside each other. */
export function layOut(rows: readonly unknown[], shape: TableShape): Layout {
  const sized = shape.columns.flatMap((column): Sized[] => {
    const widest = rows.reduce((most: number, row) => Math.max(most, measure(row, column)), 0);
    return widest === 0 && shape.omitEmpty ? [] : [{ ...column, width: Math.max(widest, column.name.length) }];
  });
  if (shape.width === undefined) {
    return { columns: sized.map((column) => ({ ...column, width: Math.min(column.width, widestPadding) })), below: [] };
  }
  const shown = [...sized];
  while (shown.length > 1 && leastWidth(shown) > shape.width) shown.pop();
  return { columns: shrink(shown, shape.width), below: sized.slice(shown.length) };
}

// Nobody reads a cell of more; measuring all of it would only be slow.
const mostMeasured = 2000;

function measure(row: unknown, column: Column): number {
  return widthOf(cellText(propertyOf(row, column.name)).slice(0, mostMeasured));
}

function leastWidth(columns: readonly Sized[]): number {
  const widths = columns.map((column) => (column.whole ? column.width : Math.min(column.width, narrowest)));
  return sum(widths) + gap.length * (columns.length - 1);
}

/** Takes from the widest of the columns that may be cut until all fit. */
function shrink(columns: readonly Sized[], width: number): Sized[] {
  const fitted = columns.map((column) => ({ ...column }));
  let excess = sum(fitted.map((column) => column.width)) + gap.length * (fitted.length - 1) - width;
  while (excess > 0) {
    const cuttable = fitted.filter((column) => !column.whole && column.width > narrowest);
    const widest = Math.max(...cuttable.map((column) => column.width));
    const next = Math.max(narrowest, ...cuttable.map((column) => column.width).filter((other) => other < widest));
    const group = cuttable.filter((column) => column.width === widest);
    if (group.length === 0) break;
    const step = Math.min(widest - next, Math.ceil(excess / group.length)) || 1;
    for (const column of group) {
      const cut = Math.min(step, excess);
      column.width -= cut;
      excess -= cut;
    }
  }
  return fitted;
}

/** A whole table of rows that are all at hand. */
export function tableText(rows: readonly unknown[], shape: TableShape): string {
  const layout = layOut(rows, shape);
  return headingLine(layout, shape) + rows.map((row) => rowLine(row, layout, shape)).join("");
}

/** The names of the columns, on one line with its line end. */
export function headingLine(layout: Layout, shape: TableShape): string {
  return `${shape.paint(
    "heading",
    rowText(layout, shape, (column) => column.name),
  )}\n`;
}

/** One row with its line end, and the line below it where there is one. */
export function rowLine(row: unknown, layout: Layout, shape: TableShape): string {
  const first = rowText(layout, shape, (column) => cellText(propertyOf(row, column.name)));
  const below = layout.below
    .map((column) => ({ name: column.name, text: cellText(propertyOf(row, column.name)) }))
    .filter(({ text }) => text !== "")
    .map(({ name, text }) => `${shape.paint("faint", name)} ${text}`)
    .join(gap);
  return below === "" ? `${first}\n` : `${first}\n  ${below}\n`;
}

function rowText(layout: Layout, shape: TableShape, textOf: (column: Column) => string): string {
  const cells = layout.columns.map((column) => {
    const text = textOf(column);
    const fitted = shape.width === undefined || column.whole ? text : fitText(text, column.width);
    return padText(fitted, column.width);
  });
  return cells.join(gap).trimEnd();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
