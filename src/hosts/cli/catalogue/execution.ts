import { PpsError } from "../../../core/errors.ts";
import { readInput } from "../../../core/read-input.ts";
import { connect } from "../connection.ts";
import { exitCodes } from "../exit-codes.ts";
import { createTalk } from "../output/talk.ts";
import type { Call } from "./call.ts";
import { confirm } from "./confirmation.ts";
import { flagOf, positionalFields } from "./field-flags.ts";
import { runForFile } from "./file-run.ts";
import { runForResult } from "./result-run.ts";
import { readStdinItems } from "./stdin-items.ts";

/** Carries out a catalogue command and gives the exit code. Bad input is refused before any setting is looked at. */
export async function executeCommand(order: Omit<Call, "talk" | "nameOf">): Promise<number> {
  const { command, flags, context } = order;
  const talk = createTalk(context, flags);
  const nameOf = (field: string) => {
    const known = command.fields[field];
    return known === undefined ? field : flagOf(field, known);
  };
  const raw = await withStdinItems({ command, raw: order.raw, context, talk });
  if (raw === undefined) return exitCodes.done;
  const call: Call = { ...order, raw, talk, nameOf };
  readInput(command, raw, { now: Date.now(), nameOf });
  if (command.effect === "destroy" && !flags.dryRun && !flags.yes && !(await confirm(call, context))) {
    await talk.warn("Nothing was done.");
    return exitCodes.interrupted;
  }
  const pps = await connect(flags, context, talk);
  try {
    return await (command.file ? runForFile(call, pps) : runForResult(call, pps));
  } finally {
    talk.clear();
    await pps.close();
  }
}

/** Puts the lines of stdin where `-` stands. Undefined: the pipe was empty, and an empty list needs nothing done. */
async function withStdinItems({ command, raw, context, talk }: Omit<Call, "flags" | "nameOf">) {
  const last = positionalFields(command.fields).at(-1);
  const given = last?.field.kind === "list" ? raw[last.name] : undefined;
  if (last === undefined || !Array.isArray(given) || !given.includes("-")) return raw;
  if (given.indexOf("-") !== given.lastIndexOf("-")) throw new PpsError("bad_input", "- can be given only once.");
  const { items, truncated } = await readStdinItems(context);
  if (truncated) await talk.warn("warning: The list on standard input was cut short; what it lacks is not acted on.");
  const all = given.flatMap((item: string) => (item === "-" ? items : [item]));
  if (all.length > 0) return { ...raw, [last.name]: all };
  await talk.say("Standard input held no items; nothing to do.");
  return undefined;
}
