import type { Command } from "../../../core/command.ts";
import type { Field } from "../../../core/fields.ts";
import type { XsoarArgument } from "./xsoar-command.ts";

/** Where an argument differs from the field it belongs to. */
export type Difference = Partial<Omit<XsoarArgument, "name" | "field">>;

/** Name of the argument, the field it is read into, and what differs. */
export type ArgumentRow = readonly [name: string, field: string, difference?: Difference];

/** Arguments as the catalogue's fields describe them, in the order of the rows. */
export function declareArguments(command: Command, rows: readonly ArgumentRow[]): XsoarArgument[] {
  return rows.map(([name, key, difference]) => {
    const field = command.fields[key];
    if (field === undefined) throw new Error(`${command.name} has no field ${key}`);
    return { name, field: key, ...describe(field), ...difference };
  });
}

function describe(field: Field): Omit<XsoarArgument, "name" | "field"> {
  return {
    // A path means nothing to the server, and its files cannot be read by id.
    description: field.kind === "file" ? `${field.description} Give its text.` : field.description,
    ...(field.required ? { required: true } : {}),
    ...(field.default === undefined ? {} : { defaultValue: field.default }),
    ...(field.kind === "choice" ? { predefined: field.values } : {}),
    ...(field.kind === "flag" ? { defaultValue: "false", predefined: ["true", "false"] } : {}),
    ...(field.kind === "list" ? { isArray: true } : {}),
  };
}

/** The fields that have no row yet, each under its name in XSOAR; its engine has no way to the bytes of a file. */
export function remainingRows(command: Command, taken: readonly string[]): ArgumentRow[] {
  return Object.keys(command.fields)
    .filter((key) => taken.indexOf(key) < 0 && command.fields[key]?.kind !== "mail")
    .map((key): ArgumentRow => [command.fields[key]?.xsoar ?? snakeCase(key), key]);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}
