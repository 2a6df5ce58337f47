import { resolve } from "node:path";
import { Command as CommanderCommand, Option } from "commander";
import { errorCodes, PpsError } from "../../../core/errors.ts";
import { quoteValue } from "../../../core/quoted-value.ts";
import { readTime } from "../../../core/time.ts";
import { safeJson } from "../../../text/visible-text.ts";
import type { AuditReading } from "../../server/audit/audited-calls.ts";
import type { Remark } from "../../server/audit/chain.ts";
import type { Verification } from "../../server/audit/verification.ts";
import { type CliContext, writeOut } from "../context.ts";
import { exitCodes } from "../exit-codes.ts";
import { csvLine } from "../output/csv.ts";
import { choosePaint } from "../output/paint.ts";
import { tableText } from "../output/table.ts";
import { createTalk, type Talk } from "../output/talk.ts";
import { addJsonOption, addTalkOptions, flagsOf } from "../shared-options.ts";
import { addStateOption, chooseState } from "./state-option.ts";

interface Flags {
  state?: string;
  file?: string;
  head?: string;
  since?: string;
  until?: string;
  who?: string;
  command?: string;
  csv?: boolean;
  jsonl?: boolean;
  json?: boolean;
  quiet?: boolean;
  color?: boolean;
}

const exitCodeHelp = `
Exit codes:
    0  every record is as it was written
    2  there is no log, or the flags are wrong
    8  the log is not as it was written`;

/** `pps audit`: what was changed through the action server, and whether its log is as it was written. */
export function createAuditCommand(context: CliContext, finish: (exitCode: number) => void): CommanderCommand {
  const audit = new CommanderCommand("audit").description(
    "Check, list and export the action server's log of all changes",
  );
  audit.addCommand(createVerify(context, finish));
  audit.addCommand(createList(context, finish));
  audit.addCommand(createExport(context, finish));
  return audit;
}

function createVerify(context: CliContext, finish: (exitCode: number) => void): CommanderCommand {
  const verify = new CommanderCommand("verify")
    .description("Find altered, missing, doubled and moved records; the server may be running")
    .option("--head <hash>", "A hash that verify printed earlier: shows whether records were cut off the end since")
    .addHelpText("after", exitCodeHelp);
  addLogOptions(addTalkOptions(addJsonOption(verify)));
  return verify.action(async () => {
    const flags = flagsOf(verify) as Flags;
    const { verifyAudit } = await import("../../server/audit/verification.ts");
    const head = readHead(flags.head);
    const result = await verifyAudit(await chooseLog(flags, context), head === undefined ? {} : { head });
    if (flags.json) await writeOut(context.stdout, `${safeJson(result, 2)}\n`);
    else await report(result, createTalk(context, flags), context);
    finish(exitCodeOf(result.problems));
  });
}

async function report(result: Verification, talk: Talk, context: CliContext): Promise<void> {
  const { ok, records, head, lastTime, unfinished, sinceKnownHead, problems, notes } = result;
  const lines = [`intact   ${ok ? "yes" : "no"}`, `records  ${records}`];
  if (lastTime !== null) lines.push(`last     ${lastTime}`, `head     ${head}`);
  await writeOut(context.stdout, `${lines.join("\n")}\n`);
  for (const { line, what } of notes) await talk.say(`note: line ${line}: ${what}.`);
  if (sinceKnownHead !== null)
    await talk.say(`The record with the known head is there; ${sinceKnownHead} came after it.`);
  if (unfinished > 0) await talk.say(`Without a recorded outcome: ${unfinished}; pps audit list shows them.`);
  await tellProblems(problems, talk);
}

function createList(context: CliContext, finish: (exitCode: number) => void): CommanderCommand {
  const list = new CommanderCommand("list").description("List the changes: when, who, what, and what became of it");
  addFilterOptions(list);
  addLogOptions(addTalkOptions(addJsonOption(list)));
  return list.action(async () => {
    const flags = flagsOf(list) as Flags;
    const reading = await read(flags, context);
    const talk = createTalk(context, flags);
    if (flags.json) await writeOut(context.stdout, `${safeJson(reading, 2)}\n`);
    else if (reading.calls.length === 0) await talk.say("No change is recorded that fits.");
    else {
      const shape = {
        columns: listColumns,
        omitEmpty: true,
        paint: choosePaint(context.stdout, context.env, flags.color),
      };
      await writeOut(context.stdout, tableText(reading.calls, shape));
    }
    await tellProblems(reading.problems, talk);
    finish(exitCodeOf(reading.problems));
  });
}

const listColumns = ["time", "who", "command", "profile", "state", "message", "requestId"].map((name) => ({
  name,
  whole: true,
}));

function createExport(context: CliContext, finish: (exitCode: number) => void): CommanderCommand {
  const output = new CommanderCommand("export").description(
    "Print the changes in full, for other programs: CSV unless a flag says otherwise",
  );
  addFilterOptions(output);
  output.addOption(new Option("--csv", "Comma-separated values, safe to open in a spreadsheet (default)"));
  output.addOption(new Option("--jsonl", "One JSON object a line").conflicts(["csv", "json"]));
  addLogOptions(addTalkOptions(addJsonOption(output)));
  return output.action(async () => {
    const flags = flagsOf(output) as Flags;
    const reading = await read(flags, context);
    await writeOut(context.stdout, exportText(reading, flags));
    await tellProblems(reading.problems, createTalk(context, flags));
    finish(exitCodeOf(reading.problems));
  });
}

const exportColumns = ["sequence", "time", "ended", "who", "tokenId", "command", "effect", "profile", "requestId"];
exportColumns.push("state", "message", "arguments", "items", "ppsRequestIds", "intentHash", "outcomeHash");

function exportText({ calls, problems }: AuditReading, { json, jsonl }: Flags): string {
  if (json) return `${safeJson({ calls, problems }, 2)}\n`;
  if (jsonl) return calls.map((call) => `${safeJson(call)}\n`).join("");
  const rows = calls.map((call) => csvLine(exportColumns.map((name) => call[name as keyof typeof call])));
  return [csvLine(exportColumns), ...rows].join("");
}

function addFilterOptions(command: CommanderCommand): void {
  command
    .option("--since <time>", "Not before, such as 24h, yesterday or 2026-03-04T05:06Z")
    .option("--until <time>", "Before")
    .option("--who <name>", "Only calls with a token of this name")
    .option("--command <name>", "Only one command, such as quarantine.release");
}

async function read(flags: Flags, context: CliContext): Promise<AuditReading> {
  const { readCalls } = await import("../../server/audit/audited-calls.ts");
  const now = Date.now();
  const filter = {
    since: readFlagTime("--since", flags.since, now),
    until: readFlagTime("--until", flags.until, now),
    who: flags.who,
    command: flags.command,
  };
  return readCalls(await chooseLog(flags, context), filter);
}

function addLogOptions(command: CommanderCommand): CommanderCommand {
  const file = new Option("--file <path>", "A log by itself, such as a copy or one that was moved away");
  return addStateOption(command).addOption(file.conflicts("state"));
}

async function chooseLog({ file, state }: Flags, context: CliContext): Promise<string> {
  return file === undefined ? (await chooseState(state, context)).audit : resolve(context.cwd, file);
}

function readFlagTime(flag: string, phrase: string | undefined, now: number): number | undefined {
  if (phrase === undefined) return undefined;
  const reading = readTime(phrase, now);
  if ("time" in reading) return reading.time;
  throw new PpsError("bad_input", `${flag} is no time: ${quoteValue(phrase)}: ${reading.complaint}`);
}

function readHead(hash: string | undefined): string | undefined {
  if (hash === undefined || /^[0-9a-f]{64}$/.test(hash)) return hash;
  throw new PpsError(
    "bad_input",
    "--head takes 64 hexadecimal digits in small letters, as pps audit verify prints them.",
  );
}

const mostTold = 10;

async function tellProblems(problems: readonly Remark[], talk: Talk): Promise<void> {
  for (const { line, what } of problems.slice(0, mostTold)) await talk.warn(`line ${line}: ${what}.`);
  const more = problems.length - mostTold;
  if (more > 0) await talk.warn(`${more} more problems.`);
  if (problems.length > 0) await talk.warn("The audit log is not as it was written; keep the file as it is.");
}

function exitCodeOf(problems: readonly Remark[]): number {
  return problems.length === 0 ? exitCodes.done : errorCodes.unexpected.exitCode;
}
