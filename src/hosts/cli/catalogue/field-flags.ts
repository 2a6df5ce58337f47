import { Option } from "commander";
import type { Field, Fields } from "../../../core/fields.ts";
import { singularOf } from "../output/singular.ts";

/** `deletedFolder` as a shell user writes it: `--deleted-folder`; what stands by itself is named in capitals. */
export function flagOf(name: string, field: Field): string {
  if (field.positional) return (field.kind === "list" ? singularOf(name) : name).toUpperCase();
  return `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}

/** The option of one field. Values stay as written: the field's own reader is the only judge of them. */
export function createFieldOption(name: string, field: Field): Option {
  const flag = flagOf(name, field);
  const about = describeField(field);
  if (field.kind === "flag") {
    const isOn = field.default === "true";
    return new Option(isOn ? `--no-${flag.slice(2)}` : flag, isOn ? `Not: ${about}` : about);
  }
  const option = new Option(`${flag} <${valueName(field)}>`, about);
  // Listed in help and completed, but not judged by commander: the field's reader takes any letter case.
  if (field.kind === "choice") option.argChoices = [...field.values];
  if (field.kind === "list") {
    option.argParser((value: string, earlier: string[] | undefined) => [...(earlier ?? []), value]);
  }
  return option;
}

/** A field's description with its default and an example, for help. */
export function describeField(field: Field): string {
  const parts = [field.description];
  if (field.required && !field.positional && field.default === undefined) parts.push("(required)");
  if (field.default !== undefined && field.kind !== "flag") parts.push(`(default: ${field.default})`);
  if (field.example !== undefined) parts.push(`(example: ${field.example})`);
  if (field.kind === "list" && !field.positional) parts.push("(may be repeated)");
  if (field.kind === "object") parts.push("(@FILE reads it from a file)");
  return parts.join(" ");
}

function valueName(field: Field): string {
  switch (field.kind) {
    case "integer":
      return field.orAll ? "n|all" : "n";
    case "choice":
      return "choice";
    case "time":
      return "time";
    case "pattern":
      return "pattern";
    case "object":
      return "json|@file";
    case "file":
    case "mail":
      return "file";
    default:
      return "text";
  }
}

/** A field that stands by itself on the command line. */
export interface PositionalField {
  name: string;
  field: Field;
}

/** The fields that stand by themselves, in the catalogue's order; only the last may take several values. */
export function positionalFields(fields: Fields): PositionalField[] {
  return Object.entries(fields)
    .filter(([, field]) => field.positional)
    .map(([name, field]) => ({ name, field }));
}

/** What a user gave for each field, under the field's name, still as written. */
export function collectRawInput(
  fields: Fields,
  given: readonly (string | readonly string[] | undefined)[],
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  positionalFields(fields).forEach(({ name }, index) => {
    const value = given[index];
    if (value !== undefined && value.length > 0) raw[name] = value;
  });
  for (const [name, field] of Object.entries(fields)) {
    if (!field.positional && options[name] !== undefined) raw[name] = options[name];
  }
  return raw;
}
