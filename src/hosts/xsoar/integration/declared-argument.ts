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
    description: field.description,
    ...(field.required ? { required: true } : {}),
    ...(field.default === undefined ? {} : { defaultValue: field.default }),
    ...(field.kind === "choice" ? { predefined: field.values } : {}),
    ...(field.kind === "flag" ? { defaultValue: "false", predefined: ["true", "false"] } : {}),
    ...(field.kind === "list" && field.separator === "comma" ? { isArray: true } : {}),
  };
}
