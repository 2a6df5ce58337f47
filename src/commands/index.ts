import type { Command } from "../core/command.ts";
import { quarantineList } from "./quarantine/list.ts";
import { ping } from "./system.ts";

/** Every command, in the order in which help and documents list them. */
export const catalogue = [ping, quarantineList] as const;

/** A command by its name, such as `quarantine.list`; undefined when there is none. */
export function findCommand(name: string): Command | undefined {
  return commands.filter((candidate) => candidate.name === name)[0];
}

/** The catalogue for code that treats all commands alike. */
export const commands = catalogue as readonly unknown[] as readonly Command[];

export { defaultFolders } from "./folders.ts";
