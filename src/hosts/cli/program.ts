import { Command as CommanderCommand } from "commander";
import { version } from "../../client/product.ts";
import { areaTitles, commands as catalogue } from "../../commands/index.ts";
import type { Access, Command } from "../../core/command.ts";
import { createCatalogueListing } from "./builtin/catalogue-listing.ts";
import { createCompletionCommand } from "./builtin/completion/completion-command.ts";
import { createConfigCommand } from "./builtin/config-command.ts";
import { createDoctorCommand } from "./builtin/doctor-command.ts";
import { createHelpCommand, helpDescription } from "./builtin/help-command.ts";
import { createCatalogueCommand } from "./catalogue/catalogue-command.ts";
import { commandWords } from "./catalogue/command-words.ts";
import { type CliContext, writeOut } from "./context.ts";
import { addConnectionOptions, addTalkOptions } from "./shared-options.ts";

/** Builds the whole command line. `finish` is told the exit code of the command that ran. */
export async function createProgram(
  context: CliContext,
  finish: (exitCode: number) => void,
  commands: readonly Command[] = catalogue,
): Promise<CommanderCommand> {
  const program = new CommanderCommand("pps")
    .description("Works the Proofpoint Protection Server: quarantined mail, traces, block and safe lists, and users.")
    .version(version, "--version", "Print the version")
    .helpOption("-h, --help", "Show help")
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void writeOut(context.stdout, text),
      writeErr: (text) => void writeOut(context.stderr, text),
      // Errors are told in one place, after the exception that follows.
      outputError: () => {},
      getOutHelpWidth: () => context.stdout.columns ?? 100,
      getErrHelpWidth: () => context.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  addConnectionOptions(addTalkOptions(program));
  addCatalogue(commands, program, context, finish);
  program.commandsGroup("Around it:");
  program.addCommand(inherit(createCatalogueListing(context, commands), program));
  program.addCommand(inherit(createDoctorCommand(context, finish), program));
  program.addCommand(inherit(createConfigCommand(context, finish), program));
  program.addCommand(inherit(createCompletionCommand(context, program), program));
  for (const one of programs) program.addCommand(await createWhereMeant(one, context, program, finish));
  program.addCommand(inherit(createHelpCommand(program), program));
  return program;
}

// Who may use a command is also what divides the catalogue for a person.
const helpGroups: Readonly<Record<Access, string>> = {
  Quarantine: "Mail:",
  pss: "Mail:",
  enduser: "Senders and users:",
  "Threat Protection": "Senders and users:",
};

/** `area.verb` becomes `pps area verb`, `area.part.verb` `pps area part verb`; the area system stands at the top. */
function addCatalogue(
  commands: readonly Command[],
  program: CommanderCommand,
  context: CliContext,
  finish: (exitCode: number) => void,
): void {
  for (const command of commands) {
    const areas = commandWords(command.name).slice(0, -1);
    program.commandsGroup(helpGroups[command.access]);
    const place = areas.reduce((parent, _word, index) => areaOf(areas.slice(0, index + 1), parent), program);
    place.addCommand(inherit(createCatalogueCommand(command, context, finish), program));
  }
  for (const area of program.commands.filter((child) => child.commands.length > 0)) addHelpCommands(area);
}

function areaOf(words: readonly string[], parent: CommanderCommand): CommanderCommand {
  const known = parent.commands.find((command) => command.name() === words.at(-1));
  if (known !== undefined) return known;
  return parent.command(words.at(-1) ?? "").description(areaTitles[words.join(".")] ?? "");
}

/** Commander's own knows one word only: not `pps users help blocklist add`. */
function addHelpCommands(area: CommanderCommand): void {
  for (const child of area.commands.filter(({ commands }) => commands.length > 0)) addHelpCommands(child);
  area.addCommand(createHelpCommand(area).copyInheritedSettings(area));
}

function inherit(command: CommanderCommand, program: CommanderCommand): CommanderCommand {
  command.copyInheritedSettings(program);
  if (command.commands.length > 0) command.helpCommand("help [command]", helpDescription);
  for (const child of command.commands) inherit(child as CommanderCommand, program);
  return command;
}

/** A command that is a program of its own size, loaded only where its options are needed. */
interface OwnProgram {
  name: string;
  description: string;
  load(context: CliContext, finish: (exitCode: number) => void): Promise<CommanderCommand>;
}

const programs: readonly OwnProgram[] = [
  {
    name: "serve",
    description: "Serve every command over HTTP, for SOAR platforms and scripts",
    load: async (context) => (await import("./builtin/serve-command.ts")).createServeCommand(context),
  },
  {
    name: "tokens",
    description: "Make, list and revoke the tokens of the action server",
    load: async (context) => (await import("./builtin/tokens-command.ts")).createTokensCommand(context),
  },
  {
    name: "audit",
    description: "Check, list and export the action server's log of all changes",
    load: async (context, finish) => (await import("./builtin/audit-command.ts")).createAuditCommand(context, finish),
  },
  {
    name: "simulator",
    description: "Run a small real mail gateway to try things on",
    load: async (context) => (await import("./builtin/simulator-command.ts")).createSimulatorCommand(context),
  },
];

async function createWhereMeant(
  { name, description, load }: OwnProgram,
  context: CliContext,
  program: CommanderCommand,
  finish: (exitCode: number) => void,
): Promise<CommanderCommand> {
  const isMeant = context.args.includes(name) || context.args.includes("completion");
  if (!isMeant) return new CommanderCommand(name).description(description);
  return inherit(await load(context, finish), program);
}
