import type { ExecuteOptions } from "../../../client/pps.ts";
import { findCommand } from "../../../commands/index.ts";
import type { Command } from "../../../core/command.ts";
import type { Ask } from "../../../core/steps.ts";
import type { SecopsAction } from "../catalogue/action.ts";
import type { ActionReply, ActionState, TargetEntity } from "./envelope.ts";
import type { Instance } from "./instance.ts";
import type { ParameterValues } from "./parameter-values.ts";
import type { ActionClient } from "./site.ts";

/** One run of an action: what it was given, and what it works with. */
export interface Run {
  action: SecopsAction;
  parameters: ParameterValues;
  entities: readonly TargetEntity[];
  instance: Instance;
  client: ActionClient;
  /** Ends the run: its time is over, or the server cannot wait any longer. */
  signal: AbortSignal;
  /** Requests after which something may be changed, so far. */
  changed: readonly Ask[];
  /** True where an earlier try of the same playbook step did this. */
  isDone(item: string): boolean;
  noteDone(item: string): void;
}

/** What an action came to. */
export interface Result extends Omit<ActionReply, "version" | "requestId" | "server" | "state"> {
  /** @default completed */
  state?: ActionState;
}

/** Carries one action out. Throws PpsError where nothing is to be told but why it failed. */
export type Performer = (run: Run) => Promise<Result>;

/** What a command gave: what it handed on, and what it returned. */
export interface Given<Item, Summary> {
  items: Item[];
  summary: Summary;
}

/** What the user calls a command's fields. */
export type FieldNames = Readonly<Record<string, string>>;

/** Runs a command of the catalogue; `found` sees its items as they come. Throws PpsError. */
export async function execute<Item, Summary extends object>(
  { client, signal }: Pick<Run, "client" | "signal">,
  command: Command,
  raw: Readonly<Record<string, unknown>>,
  names: FieldNames = {},
  found: (items: readonly Item[]) => void = () => {},
  more: Pick<ExecuteOptions, "dryRun" | "agree"> = {},
): Promise<Given<Item, Summary>> {
  const items: Item[] = [];
  const summary = await client.execute(command, raw, {
    ...more,
    signal,
    keepsRecords: true,
    nameOf: (field) => names[field] ?? field,
    found: (more) => {
      for (const item of more) items.push(item as Item);
      found(more as readonly Item[]);
    },
  });
  return { items, summary: summary as Summary };
}

/** A command of the catalogue by a name that is known to be there. */
export function commandNamed(name: string): Command {
  const command = findCommand(name);
  if (command === undefined) throw new TypeError(`There is no command ${name}.`);
  return command;
}
