import { listMessages, messagesList } from "./list-messages.ts";
import { smartSearch } from "./smart-search.ts";
import type { XsoarCommand } from "./xsoar-command.ts";

/** Every command, in the order in which XSOAR and the README list them. `test-module` is the server's own name. */
export const xsoarCommands: readonly XsoarCommand[] = [smartSearch, listMessages, messagesList];

/** A command by the name it was called by; undefined when there is none. */
export function findXsoarCommand(name: string): XsoarCommand | undefined {
  return xsoarCommands.filter((command) => command.name === name)[0];
}
