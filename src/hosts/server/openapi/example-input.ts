import { defaultFolders } from "../../../commands/index.ts";
import type { Command } from "../../../core/command.ts";
import { isPpsError } from "../../../core/errors.ts";
import { inputSchema, type JsonSchema } from "../../../core/json-schema.ts";
import { readInput } from "../../../core/read-input.ts";
import type { Json } from "../../../core/steps.ts";

/**
 * An input that the command takes, of the examples its fields give: those that are required, and of the others the first
 * with which its rules are content. Undefined where the fields give too few.
 */
export function exampleInput(command: Command): { [field: string]: Json } | undefined {
  const schema = inputSchema(command.fields);
  const properties = schema.properties as { [name: string]: JsonSchema };
  const exampleOf = (name: string) => (properties[name]?.examples as Json[] | undefined)?.[0];
  const required = Object.keys(command.fields).filter((name) => command.fields[name]?.required);
  const example: { [field: string]: Json } = {};
  for (const name of required) {
    const value = exampleOf(name);
    if (value === undefined) return undefined;
    example[name] = value;
  }
  if (isTaken(command, example)) return example;
  const optional = Object.keys(command.fields).filter((name) => exampleOf(name) !== undefined && !(name in example));
  for (const name of optional) {
    example[name] = exampleOf(name) as Json;
    if (isTaken(command, example)) return example;
  }
  return undefined;
}

/** Some inputs are refused by the command itself, before it asks for anything. */
function isTaken(command: Command, given: { [field: string]: Json }): boolean {
  const now = Date.now();
  const threatProtection = { clusterId: "example", missing: [] };
  const context = { now, folders: defaultFolders, dryRun: true, ownDomains: [], threatProtection };
  try {
    command.run(readInput(command, given, { now }), context).next();
    return true;
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return false;
  }
}
