import { Command as CommanderCommand, Option } from "commander";
import type { Command } from "../../../core/command.ts";
import type { CliContext } from "../context.ts";
import { exitCodeMeanings } from "../exit-codes.ts";
import { addConnectionOptions, addOutputOptions, addTalkOptions, flagsOf } from "../shared-options.ts";
import { commandWords } from "./command-words.ts";
import { executeCommand } from "./execution.ts";
import { collectRawInput, createFieldOption, describeField, flagOf, positionalFields } from "./field-flags.ts";

/** Makes `pps area verb` of one catalogue command. */
export function createCatalogueCommand(
  command: Command,
  context: CliContext,
  finish: (exitCode: number) => void,
): CommanderCommand {
  const made = new CommanderCommand(commandWords(command.name).at(-1))
    .summary(command.title)
    .description(command.description);
  const positionals = positionalFields(command.fields);
  for (const { name, field } of positionals) {
    const shape = field.kind === "list" ? `[${flagOf(name, field)}...]` : `[${flagOf(name, field)}]`;
    made.argument(shape, argumentHelp(name, command));
  }
  // Required or not is for the field's reader to say; the usage line shows it all the same.
  made.usage(["[options]", ...positionals.map(({ name, field }) => usageOf(flagOf(name, field), field))].join(" "));
  for (const [name, field] of Object.entries(command.fields)) {
    if (!field.positional) made.addOption(createFieldOption(name, field));
  }
  if (command.effect !== "read") made.option("--dry-run", "Print what would be sent, and send nothing");
  if (command.effect === "destroy") made.option("--yes", "Do not ask first");
  if (command.file) made.option("-o, --output <file>", "Save to this file or into this directory; - for stdout");
  const tables = (command.tables ?? []).map(({ name }) => name);
  if (tables.length > 0) {
    const about = `Write a further list of the result to a file as CSV: ${tables.join(", ")} (may be repeated)`;
    made.addOption(new Option("--export <list=file>", about).argParser(collect));
  }
  if (command.hasReport) {
    made.option("--report <file>", "Write a report to this file too, an HTML page for people who were not there");
  }
  if (command.file || command.hasReport || tables.length > 0) {
    made.option("--force", "Replace a file that is there already");
  }
  addConnectionOptions(
    addTalkOptions(addOutputOptions(made, { isList: command.list !== undefined, isFile: command.file === true })),
  );
  made.addHelpText("after", () => afterHelp(command));
  made.action(async () => {
    const given = made.processedArgs as (string | string[] | undefined)[];
    const raw = collectRawInput(command.fields, given, explicitOptions(made));
    finish(await executeCommand({ command, raw, flags: flagsOf(made), context }));
  });
  return made;
}

function collect(value: string, earlier: string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

function explicitOptions(made: CommanderCommand): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(made.opts()).filter(([name]) => made.getOptionValueSource(name) !== "default"),
  );
}

function usageOf(name: string, field: { kind: string; required?: boolean }): string {
  const repeated = field.kind === "list" ? `${name}...` : name;
  return field.required ? repeated : `[${repeated}]`;
}

function argumentHelp(name: string, command: Command): string {
  const field = command.fields[name];
  if (field === undefined) return "";
  if (field.kind === "file" || field.kind === "mail") return `${describeField(field)} - reads it from standard input.`;
  const fromStdin = field.kind === "list" ? " - reads them from standard input, one a line." : "";
  return `${describeField(field)}${fromStdin} What begins with - is written after --.`;
}

/** Examples that work as they stand, and what the process may end with. */
function afterHelp(command: Command): string {
  const lines = [""];
  if (command.examples.length > 0) {
    lines.push("Examples:");
    for (const { line, purpose } of command.examples) lines.push(`  # ${purpose}`, `  ${line}`, "");
  }
  lines.push("Exit codes:");
  for (const [code, meaning] of exitCodeMeanings) lines.push(`  ${String(code).padStart(3)}  ${meaning}`);
  return lines.join("\n");
}
