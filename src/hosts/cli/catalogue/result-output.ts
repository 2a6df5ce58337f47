import type { Command, SideTable } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import type { CliContext } from "../context.ts";
import { propertyOf } from "../output/cell.ts";
import { choosePaint } from "../output/paint.ts";
import { createResultWriter, type ResultWriter, type WriterSettings } from "../output/result-writer.ts";
import { createTableWriter } from "../output/table-writer.ts";
import { formatOf } from "../shared-options.ts";
import { type Call, createWrite } from "./call.ts";

// What a person reads below a table; whoever wants all of it exports it.
const mostRows = 20;

/** Puts a command's result on stdout in the form that was asked for; below a table, the further lists made to be seen. */
export function createResultOutput(call: Call): ResultWriter {
  const settings = settingsOf(call);
  const writer = createResultWriter(settings);
  if (settings.format !== "table") return writer;
  return {
    items: writer.items,
    async end(summary) {
      await writer.end(summary);
      for (const table of call.command.tables ?? []) await showTable(table, propertyOf(summary, table.name), settings);
    },
  };
}

async function showTable({ title, outputs, columns }: SideTable, rows: unknown, settings: WriterSettings) {
  if (columns === undefined || !Array.isArray(rows) || rows.length === 0) return;
  const { paint, write, command } = settings;
  await write(`\n${paint("heading", title)}\n`);
  const table = createTableWriter({ ...settings, columns, command: { ...command, outputs }, omitEmpty: true });
  await table.items(rows.slice(0, mostRows));
  await table.end({});
  if (rows.length > mostRows) await write(`and ${rows.length - mostRows} more\n`);
}

function settingsOf(call: Call): WriterSettings {
  const { command, flags, context } = call;
  const columns = chooseColumns(call);
  // Half a request is worth nothing.
  const width = flags.wide || columns.includes("request") ? undefined : widthOf(context);
  return {
    command,
    format: formatOf(flags),
    columns,
    onTerminal: context.stdout.isTTY === true,
    omitEmpty: flags.wide === true,
    paint: choosePaint(context.stdout, context.env, flags.color),
    write: createWrite(call),
    ...(width === undefined ? {} : { width: Math.max(40, width) }),
  };
}

/** Of the terminal, or what the environment sets for output that goes elsewhere; undefined cuts nothing. */
function widthOf({ stdout, env }: CliContext): number | undefined {
  if (stdout.isTTY === true) return stdout.columns ?? 80;
  return Number(env.COLUMNS) || undefined;
}

/** A table shows the command's columns, a dry run what would be sent too; CSV and `--wide` show every value. */
function chooseColumns({ command, flags }: Call): readonly string[] {
  const every = command.outputs.map((output) => output.name);
  if (flags.columns !== undefined) return readColumns(flags.columns, command);
  if (flags.csv || flags.wide) return every;
  // The plan of a use case is read by people; its requests stand in JSON.
  const tellsRequests = flags.dryRun && !command.hasReport && every.includes("request");
  return tellsRequests ? [...command.columns, "request"] : command.columns;
}

function readColumns(written: string, command: Command): string[] {
  const names = command.outputs.map((output) => output.name);
  const wanted = written.split(",").map((name) => name.trim());
  return wanted.map((name) => {
    const match = names.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    if (match !== undefined) return match;
    throw new PpsError("bad_input", `--columns does not know "${name}".`, { hint: `It takes ${names.join(", ")}.` });
  });
}
