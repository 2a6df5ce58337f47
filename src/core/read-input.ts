import type { Command } from "./command.ts";
import { PpsError } from "./errors.ts";
import { readField } from "./field-readers.ts";
import type { Fields, Input } from "./fields.ts";
import { quoteValue } from "./quoted-value.ts";

/** What reading depends on beside what was given. */
export interface ReadContext {
  /** The instant that `24 hours` counts back from, milliseconds since 1970. */
  now: number;
  /** What the surface calls a field, such as `--folder` or `folder_name`. */
  nameOf?: (field: string) => string;
}

/**
 * Reads what a user gave into a command's input: the only validation there is.
 * Absent, null and empty values mean "not given". Throws PpsError `bad_input` naming the field.
 */
export function readInput<F extends Fields>(
  command: Pick<Command<string, F>, "fields" | "rules" | "name">,
  raw: Readonly<Record<string, unknown>>,
  context: ReadContext,
): Input<F> {
  const nameOf = context.nameOf ?? ((field: string) => field);
  const known = Object.keys(command.fields);
  Object.keys(raw).forEach((key) => {
    if (known.indexOf(key) >= 0) return;
    const names = known.map(nameOf).join(", ");
    throw new PpsError(
      "bad_input",
      `${/^[\w-]{1,60}$/.test(key) ? key : quoteValue(key)} is not known to ${command.name}; it takes ${names || "nothing"}.`,
      {
        field: key,
      },
    );
  });
  const input: Record<string, unknown> = {};
  known.forEach((key) => {
    const field = command.fields[key];
    if (field === undefined) return;
    const given = raw[key];
    const value = isAbsent(given) ? field.default : given;
    if (value === undefined) {
      if (field.required)
        throw new PpsError("bad_input", `${nameOf(key)} is missing: ${field.description}`, { field: key });
      if (field.kind === "flag") input[key] = false;
      return;
    }
    input[key] = readField(field, value, { key, name: nameOf(key), now: context.now });
  });
  command.rules.forEach((rule) => {
    const complaint = rule(input, nameOf);
    if (complaint !== undefined) throw new PpsError("bad_input", complaint);
  });
  return input as Input<F>;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
