import { version } from "../../client/product.ts";
import type { Command } from "../../core/command.ts";
import { type CliContext, isGone, writeOut } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";

/** Runs one command line of the catalogue's commands, or of others, and gives its exit code; never ends the process itself. */
export async function runCli(context: CliContext, commands?: readonly Command[]): Promise<number> {
  let exitCode: number = exitCodes.done;
  try {
    if (context.args.length === 1 && context.args[0] === "--version") {
      await writeOut(context.stdout, `${version}\n`);
      return exitCodes.done;
    }
    // Loaded late: asking for the version should cost nothing but starting Node.
    const { createProgram } = await import("./program.ts");
    const finish = (code: number) => {
      exitCode = code;
    };
    const program = await createProgram(context, finish, commands);
    await program.parseAsync([...context.args], { from: "user" });
  } catch (error) {
    if (isGone(error)) return exitCodes.done;
    const { reportFailure } = await import("./failure.ts");
    return await reportFailure(error, context);
  }
  return exitCode;
}
