import { Command as CommanderCommand } from "commander";
import type { Command } from "../../../core/command.ts";
import type { Fields } from "../../../core/fields.ts";
import { inputSchema, resultSchema } from "../../../core/json-schema.ts";
import { safeJson } from "../../../text/visible-text.ts";
import { commandLine } from "../catalogue/command-words.ts";
import { flagOf } from "../catalogue/field-flags.ts";
import { type CliContext, writeOut } from "../context.ts";
import { choosePaint } from "../output/paint.ts";
import { tableText } from "../output/table.ts";
import { addJsonOption, addTalkOptions, flagsOf } from "../shared-options.ts";

/** `pps commands`: the catalogue for people, or whole as JSON for programs. */
export function createCatalogueListing(context: CliContext, commands: readonly Command[]): CommanderCommand {
  const listing = new CommanderCommand("commands").description("List every command; with --json the whole catalogue");
  addTalkOptions(addJsonOption(listing));
  return listing.action(async () => {
    const flags = flagsOf(listing) as { json?: boolean; color?: boolean };
    if (flags.json) {
      await writeOut(context.stdout, `${safeJson({ commands: commands.map(describeCommand) }, 2)}\n`);
      return;
    }
    const rows = commands.map((command) => ({
      command: commandLine(command.name),
      effect: command.effect,
      title: command.title,
    }));
    const paint = choosePaint(context.stdout, context.env, flags.color);
    const columns = ["command", "effect", "title"].map((name) => ({ name, whole: true }));
    await writeOut(context.stdout, tableText(rows, { columns, paint }));
  });
}

/** Everything a program needs to offer a command: what it does, takes and gives. */
function describeCommand(command: Command) {
  const { name, title, description, effect, access, list, outputs, columns, examples } = command;
  return {
    name,
    line: commandLine(name),
    title,
    description,
    effect,
    access,
    list,
    givesFile: command.file === true,
    showsPlan: command.showsPlan === true,
    input: inputSchema(command.fields),
    flags: flagsByField(command.fields),
    result: resultSchema(command),
    outputs,
    columns,
    examples,
  };
}

function flagsByField(fields: Fields): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, flagOf(name, field)]));
}
