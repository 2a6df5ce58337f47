import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { StatePaths } from "../../server/state/state-directory.ts";
import type { CliContext } from "../context.ts";

/** For commands about what the action server keeps. */
export function addStateOption(command: Command): Command {
  return command.addOption(
    new Option(
      "--state <directory>",
      "State directory of the action server (default: $XDG_STATE_HOME/proofpoint-ps, else ~/.local/state/proofpoint-ps)",
    ),
  );
}

/** The files of the state directory that is meant. */
export async function chooseState(given: string | undefined, context: CliContext): Promise<StatePaths> {
  const { defaultStateDirectory, statePaths } = await import("../../server/state/state-directory.ts");
  return statePaths(resolve(context.cwd, given ?? defaultStateDirectory(context.env)));
}
