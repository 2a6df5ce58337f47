import { Command } from "commander";
import { PpsError } from "../../../core/errors.ts";

/** Of the word `help`, wherever it stands. */
export const helpDescription = "Show the help of a command";

/** `pps help quarantine list`: the same as `pps quarantine list --help`. */
export function createHelpCommand(program: Command): Command {
  return new Command("help")
    .argument("[command...]", "Command whose help to show")
    .description(helpDescription)
    .action((words: string[]) => {
      findPlace(program, words).outputHelp();
    });
}

function findPlace(program: Command, words: readonly string[]): Command {
  return words.reduce((place, word) => {
    const next = place.commands.find((child) => child.name() === word);
    if (next !== undefined) return next;
    const known = place.commands.map((child) => child.name()).join(", ");
    const hint = known === "" ? `${place.name()} has no commands of its own.` : `There are ${known}.`;
    throw new PpsError("bad_input", `There is no command "${words.join(" ")}".`, { hint });
  }, program);
}
