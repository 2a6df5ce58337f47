import type { Command } from "../../../core/command.ts";
import { safeJson } from "../../../text/visible-text.ts";
import { propertyOf } from "./cell.ts";
import { csvLine } from "./csv.ts";
import { detailsText } from "./details.ts";
import type { Paint } from "./paint.ts";
import { incompleteText } from "./summary-text.ts";
import { createTableWriter } from "./table-writer.ts";

/** The forms of output on stdout. */
export type Format = "table" | "json" | "jsonl" | "csv";

/** What is printed, how and where. */
export interface WriterSettings {
  command: Command;
  format: Format;
  /** The values shown in a table or CSV, in this order. */
  columns: readonly string[];
  /** Terminal columns to fit a table into; absent: nothing is cut. */
  width?: number;
  /** The output is read as it is written, beside what is said on stderr; else a table says itself that it was cut. */
  onTerminal?: boolean;
  /** Leaves out the columns of a table that stay empty. */
  omitEmpty?: boolean;
  paint: Paint;
  /** Resolves when the reader has taken the text. */
  write(text: string): Promise<void>;
}

/** Puts a command's result on stdout, item by item as far as the format allows. */
export interface ResultWriter {
  items(items: readonly unknown[]): Promise<void>;
  /** Takes what stands beside the list and ends the output. */
  end(summary: object): Promise<void>;
}

/** The writer for a command and a form: lists come item by item, single results at the end. */
export function createResultWriter(settings: WriterSettings): ResultWriter {
  if (settings.command.list === undefined) return createObjectWriter(settings);
  switch (settings.format) {
    case "table":
      return createTableWriter(settings);
    case "json":
      return createJsonWriter(settings, settings.command.list);
    case "jsonl":
      return createJsonLinesWriter(settings);
    case "csv":
      return createCsvWriter(settings);
  }
}

/** One object, all or nothing: after an error in the middle, stdout must not hold half of one. */
function createJsonWriter({ write }: WriterSettings, list: string): ResultWriter {
  const texts: string[] = [];
  return {
    async items(items) {
      for (const item of items) texts.push(safeJson(item, 2).replaceAll("\n", "\n    "));
    },
    async end(summary) {
      const listText = texts.length === 0 ? "[]" : `[\n    ${texts.join(",\n    ")}\n  ]`;
      const rest = safeJson(summary, 2).slice(1, -1).trim();
      await write(`{\n  ${safeJson(list)}: ${listText}${rest === "" ? "" : `,\n  ${rest}`}\n}\n`);
    },
  };
}

/** A last line that is no item tells a reader that the list was cut short. */
function createJsonLinesWriter({ write }: WriterSettings): ResultWriter {
  return {
    async items(items) {
      await write(items.map((item) => `${safeJson(item)}\n`).join(""));
    },
    async end(summary) {
      if (propertyOf(summary, "truncated") === true) {
        await write(`${safeJson({ truncated: true, notes: propertyOf(summary, "notes") })}\n`);
      }
    },
  };
}

function createCsvWriter({ write, columns }: WriterSettings): ResultWriter {
  let begun = false;
  async function begin() {
    if (!begun) await write(csvLine(columns));
    begun = true;
  }
  return {
    async items(items) {
      await begin();
      await write(items.map((item) => csvLine(columns.map((name) => propertyOf(item, name)))).join(""));
    },
    async end(summary) {
      await begin();
      const mark = incompleteText(summary);
      if (mark !== undefined) await write(csvLine([mark]));
    },
  };
}

function createObjectWriter(settings: WriterSettings): ResultWriter {
  return {
    async items() {
      throw new Error(`${settings.command.name} gave items but states no list.`);
    },
    async end(summary) {
      await settings.write(objectText(summary, settings));
    },
  };
}

function objectText(result: object, { format, columns, width, paint }: WriterSettings): string {
  switch (format) {
    case "json":
      return `${safeJson(result, 2)}\n`;
    case "jsonl":
      return `${safeJson(result)}\n`;
    case "csv":
      return csvLine(columns) + csvLine(columns.map((name) => propertyOf(result, name)));
    case "table":
      return detailsText(pick(result, columns), { paint, ...(width === undefined ? {} : { width }) });
  }
}

function pick(result: object, names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, propertyOf(result, name)]));
}
