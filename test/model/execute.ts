import type { Command, RunContext } from "../../src/core/command.ts";
import type { Fields } from "../../src/core/fields.ts";
import { readInput } from "../../src/core/read-input.ts";
import { type BlockingHost, run } from "../../src/core/run.ts";

/** What a command is told of a site that has set nothing. */
export const bareContext = { folders: [], dryRun: false, ownDomains: [], threatProtection: { missing: [] } } as const;

/** Reads raw input and runs a command to its end, as a host without an event loop does; items go to the host. */
export function execute<F extends Fields, Summary extends object>(
  command: Command<string, F, string, unknown, Summary>,
  raw: Readonly<Record<string, unknown>>,
  host: BlockingHost,
  given: Partial<RunContext> & Pick<RunContext, "now">,
): Summary {
  const context = { ...bareContext, ...given };
  return run(command.run(readInput(command, raw, context), context), host);
}
