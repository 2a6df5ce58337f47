import { Argument, Command } from "commander";
import { PpsError } from "../../../../core/errors.ts";
import { type CliContext, writeOut } from "../../context.ts";
import { bashScript } from "./bash.ts";
import { readCompletionTree } from "./completion-tree.ts";
import { fishScript } from "./fish.ts";
import { zshScript } from "./zsh.ts";

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

const help = `
Load it now, or put the line into the shell's start-up file:
  bash  source <(pps completion bash)
  zsh   source <(pps completion zsh)
  fish  pps completion fish | source`;

/** `pps completion SHELL`: a script that completes every command, option and choice of this version. */
export function createCompletionCommand(context: CliContext, program: Command): Command {
  const shell = new Argument("<shell>", "Shell to complete in");
  shell.argChoices = Object.keys(scripts);
  const completion = new Command("completion").description("Print a completion script for bash, zsh or fish");
  return completion
    .addArgument(shell)
    .addHelpText("after", help)
    .action(async (name: string) => {
      const script = Object.entries(scripts).find(([known]) => known === name)?.[1];
      if (script === undefined) {
        throw new PpsError("bad_input", `SHELL takes one of ${Object.keys(scripts).join(", ")}, not "${name}".`);
      }
      await writeOut(context.stdout, script(readCompletionTree(program)));
    });
}
