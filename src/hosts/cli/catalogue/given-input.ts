import { PpsError } from "../../../core/errors.ts";
import type { Field } from "../../../core/fields.ts";
import type { Call } from "./call.ts";
import { flagOf, positionalFields } from "./field-flags.ts";
import { readStdinItems } from "./stdin-items.ts";
import { readByteSource, readTextSource } from "./text-source.ts";

type Order = Pick<Call, "command" | "raw" | "context" | "talk">;

/** What a command line stands for once standard input and files have been read. */
export interface GivenInput {
  /** As the user wrote it: a file by its path, the items of standard input one by one. */
  written: Record<string, unknown>;
  /** As the command takes it: the text in place of the path. */
  raw: Record<string, unknown>;
}

/** Reads what is named instead of written out. Undefined: the pipe was empty, and an empty list needs nothing done. */
export async function readGivenInput(order: Order): Promise<GivenInput | undefined> {
  if (countStdin(order) > 1) throw new PpsError("bad_input", "- can be given only once.");
  const written = await withStdinItems(order);
  return written === undefined ? undefined : { written, raw: await withTexts(order, written) };
}

/** Puts the lines of stdin where `-` stands among the items of a list. */
async function withStdinItems({ command, raw, context, talk }: Order) {
  const last = positionalFields(command.fields).at(-1);
  const given = last?.field.kind === "list" ? raw[last.name] : undefined;
  if (last === undefined || !Array.isArray(given) || !given.includes("-")) return raw;
  const { items, truncated } = await readStdinItems(command.name, context);
  if (truncated) await talk.warn("warning: The list on standard input was cut short; what it lacks is not acted on.");
  const all = given.flatMap((item: string) => (item === "-" ? items : [item]));
  if (all.length > 0) return { ...raw, [last.name]: all };
  await talk.say("Standard input held no items; nothing to do.");
  return undefined;
}

/** Puts texts in place of the paths they are read from. */
async function withTexts({ command, context }: Order, written: Record<string, unknown>) {
  const raw = { ...written };
  for (const [name, field] of Object.entries(command.fields)) {
    const source = sourceOf(field, written[name]);
    if (source === undefined) continue;
    if (source.trim() === "") {
      throw new PpsError("bad_input", `${flagOf(name, field)} names no file.`, { field: name });
    }
    const order = { source, field: name };
    if (field.kind === "mail") {
      const bytes = await readByteSource({ ...order, maxBytes: field.maxBytes }, context);
      const { createMailFile } = await import("../../../client/http/reply.ts");
      raw[name] = createMailFile(bytes);
    } else if ("maxLength" in field) {
      // No text at all would count as not given; a blank line says as little.
      raw[name] = (await readTextSource({ ...order, maxLength: field.maxLength }, context)) || "\n";
    }
  }
  return raw;
}

/** The path, or `-`, from which a field's text comes; undefined where the value itself was written. */
function sourceOf(field: Field, value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  if (field.kind === "file" || field.kind === "mail") return value;
  // No JSON object begins so.
  return field.kind === "object" && value.startsWith("@") ? value.slice(1) : undefined;
}

function countStdin({ command, raw }: Order): number {
  return Object.entries(command.fields).reduce((count, [name, field]) => {
    const value = raw[name];
    if (field.positional && Array.isArray(value)) return count + value.filter((item) => item === "-").length;
    return sourceOf(field, value) === "-" ? count + 1 : count;
  }, 0);
}
