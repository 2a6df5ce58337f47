import { Command as CommanderCommand } from "commander";
import { version } from "../../client/product.ts";
import { areaTitles, commands } from "../../commands/index.ts";
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
): Promise<CommanderCommand> {
  const program = new CommanderCommand("pps")
    .description("Works the Proofpoint Protection Server: finds, reads, releases and deletes quarantined mail.")
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
  addAreas(program, context, finish);
  program.commandsGroup("Around it:");
  program.addCommand(inherit(createCatalogueListing(context), program));
  program.addCommand(inherit(createDoctorCommand(context, finish), program));
  program.addCommand(inherit(createConfigCommand(context, finish), program));
  program.addCommand(inherit(createCompletionCommand(context, program), program));
  program.addCommand(await createSimulator(context, program));
  program.addCommand(inherit(createHelpCommand(program), program));
  return program;
}

/** `area.verb` becomes `pps area verb`; the area system stands at the top. */
function addAreas(program: CommanderCommand, context: CliContext, finish: (exitCode: number) => void): void {
  program.commandsGroup("Mail:");
  for (const command of commands) {
    const [area] = commandWords(command.name).slice(0, -1);
    const parent = area === undefined ? program : areaOf(area, program);
    parent.addCommand(inherit(createCatalogueCommand(command, context, finish), program));
  }
}

function areaOf(name: string, program: CommanderCommand): CommanderCommand {
  const known = program.commands.find((command) => command.name() === name);
  if (known !== undefined) return known;
  const made = program.command(name).description(areaTitles[name] ?? "");
  return made.helpCommand("help [command]", helpDescription);
}

function inherit(command: CommanderCommand, program: CommanderCommand): CommanderCommand {
  command.copyInheritedSettings(program);
  if (command.commands.length > 0) command.helpCommand("help [command]", helpDescription);
  for (const child of command.commands) inherit(child as CommanderCommand, program);
  return command;
}

/** The simulator is a program of its own size, loaded only where its options are needed. */
async function createSimulator(context: CliContext, program: CommanderCommand): Promise<CommanderCommand> {
  const isMeant = context.args.includes("simulator") || context.args.includes("completion");
  if (!isMeant) return new CommanderCommand("simulator").description("Run a small real mail gateway to try things on");
  const { createSimulatorCommand } = await import("./builtin/simulator-command.ts");
  return inherit(createSimulatorCommand(context), program);
}
