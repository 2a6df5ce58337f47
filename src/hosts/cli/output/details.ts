import { cellText, propertyOf } from "./cell.ts";
import { headingLine, layOut, rowLine, type TableShape } from "./table.ts";
import { padText } from "./width.ts";

// Where there is no terminal to fit into.
const widestTable = 160;

/** One result as `name  value` lines; lists of objects become tables under a heading. */
export function detailsText(value: object, shape: Pick<TableShape, "width" | "paint">): string {
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined && entry !== null && entry !== "");
  const simple = entries.filter(([, entry]) => !isObject(entry) && !isListOfObjects(entry));
  const nested = entries.filter(([, entry]) => isObject(entry) || isListOfObjects(entry));
  const labelWidth = Math.max(0, ...simple.map(([name]) => name.length));
  const lines = simple.map(([name, entry]) => valueLines(name, entry, labelWidth, shape)).join("");
  const blocks = nested.map(([name, entry]) => blockText(name, entry, shape)).filter((block) => block !== "");
  return [lines, ...blocks].filter((part) => part !== "").join("\n");
}

function valueLines(name: string, value: unknown, width: number, shape: Pick<TableShape, "paint">): string {
  const label = shape.paint("label", padText(name, width));
  const texts = Array.isArray(value) ? value.map(cellText) : paragraphs(value);
  if (texts.length === 0) return `${label}  -\n`;
  const indent = " ".repeat(width);
  return texts.map((text, index) => `${`${index === 0 ? label : indent}  ${text}`.trimEnd()}\n`).join("");
}

/** A body of several lines stays on several lines; each is made visible on its own. */
function paragraphs(value: unknown): string[] {
  return typeof value === "string"
    ? withoutTabs(value)
        .split(/\r\n|\n/)
        .map(cellText)
    : [cellText(value)];
}

/** Every fold of a header leaves a tab, and as `\u{9}` they would drown what an analyst reads. */
function withoutTabs(text: string): string {
  return text.replaceAll("\t", " ");
}

function rowWithoutTabs(row: object): object {
  const cells = Object.entries(row).map(([name, cell]) => [name, typeof cell === "string" ? withoutTabs(cell) : cell]);
  return Object.fromEntries(cells);
}

function blockText(name: string, value: unknown, shape: Pick<TableShape, "width" | "paint">): string {
  const heading = `${shape.paint("heading", name)}\n`;
  if (!Array.isArray(value)) {
    const inner = detailsText(value as object, shape);
    return inner === "" ? "" : heading + indented(inner);
  }
  return heading + indented(listText(value, shape));
}

/** A table where one fits; else every object by itself, so that nothing has to be cut. */
function listText(rows: readonly object[], shape: Pick<TableShape, "width" | "paint">): string {
  const items = rows.map(rowWithoutTabs);
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const filled = names.filter((name) => items.some((item) => cellText(propertyOf(item, name)) !== ""));
  const table: TableShape = { paint: shape.paint, columns: filled.map((name) => ({ name, whole: true })) };
  const layout = layOut(items, table);
  const tableWidth = layout.columns.reduce((total, column) => total + column.width + 2, 0);
  if (tableWidth > (shape.width ?? widestTable)) return items.map((item) => detailsText(item, shape)).join("\n");
  return headingLine(layout, table) + items.map((item) => rowLine(item, layout, table)).join("");
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}
