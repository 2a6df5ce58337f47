import type { Pps } from "../../../client/pps.ts";
import { readInput } from "../../../core/read-input.ts";
import { connect } from "../connection.ts";
import { exitCodes } from "../exit-codes.ts";
import { createTalk } from "../output/talk.ts";
import type { Call } from "./call.ts";
import { askPerson, type Intent, requirePerson } from "./confirmation.ts";
import { flagOf } from "./field-flags.ts";
import { runForFile } from "./file-run.ts";
import { readGivenInput } from "./given-input.ts";
import { showPlan } from "./plan.ts";
import { runForResult } from "./result-run.ts";

/** Carries out a catalogue command and gives the exit code. Bad input is refused before any setting is looked at. */
export async function executeCommand(order: Omit<Call, "talk" | "nameOf">): Promise<number> {
  const { command, flags, context } = order;
  const talk = createTalk(context, flags);
  const nameOf = (field: string) => {
    const known = command.fields[field];
    return known === undefined ? field : flagOf(field, known);
  };
  const given = await readGivenInput({ command, raw: order.raw, context, talk });
  if (given === undefined) return exitCodes.done;
  const call: Call = { ...order, raw: given.raw, talk, nameOf };
  readInput(command, given.raw, { now: Date.now(), nameOf });
  const asks = command.effect === "destroy" && !flags.dryRun && !flags.yes;
  const intent: Intent = { command, raw: given.written };
  if (asks) requirePerson(intent, context);
  if (asks && !command.showsPlan && !(await askPerson(intent, context))) return notDone(call);
  const pps = await connect(flags, context, talk);
  try {
    if (asks && command.showsPlan) return await runPlanned(call, intent, pps);
    return await (command.file ? runForFile(call, pps) : runForResult(call, pps));
  } finally {
    talk.clear();
    await pps.close();
  }
}

/** What it would do is shown once it is known, and done only after yes: what came in meanwhile is not part of it. */
async function runPlanned(call: Call, intent: Intent, pps: Pps): Promise<number> {
  let isDeclined = false;
  const exitCode = await runForResult(call, pps, async (plan) => {
    call.talk.clear();
    await showPlan(plan, call);
    isDeclined = !(await askPerson(intent, call.context));
    return isDeclined ? "declined" : "agreed";
  });
  return isDeclined ? notDone(call) : exitCode;
}

async function notDone({ talk }: Call): Promise<number> {
  await talk.warn("Nothing was done.");
  return exitCodes.interrupted;
}
