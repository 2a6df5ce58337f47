import type { Pps } from "../../../client/pps.ts";
import { writeOut } from "../context.ts";
import { propertyOf } from "../output/cell.ts";
import { choosePaint } from "../output/paint.ts";
import { summarize } from "../output/summary-text.ts";
import { createTableWriter } from "../output/table-writer.ts";
import { createTalk } from "../output/talk.ts";
import type { Call } from "./call.ts";

/** What a dry run found. */
export interface Plan {
  items: readonly unknown[];
  summary: object;
  /** False when nothing would be sent. */
  changes: boolean;
}

/** Finds out what a command would do, and sends nothing. */
export async function makePlan(call: Call, pps: Pps): Promise<Plan> {
  const items: unknown[] = [];
  const summary = await pps.execute(call.command, call.raw, {
    signal: call.context.interrupted,
    dryRun: true,
    nameOf: call.nameOf,
    progress: call.talk.progress,
    found(more) {
      for (const item of more) items.push(item);
    },
  });
  call.talk.clear();
  return { items, summary, changes: items.some((item) => propertyOf(item, "outcome") === "planned") };
}

// A person reads no more before saying yes.
const mostRows = 50;

/** Puts a plan before a person, on stderr and whatever `--quiet` says: it is part of the question. */
export async function showPlan({ items, summary }: Plan, { command, flags, context }: Call): Promise<void> {
  const rows = items.filter((item) => propertyOf(item, "outcome") !== "unchanged");
  const talk = createTalk(context, { ...flags, quiet: false });
  const table = createTableWriter({
    command,
    format: "table",
    columns: command.columns,
    width: Math.max(40, context.stderr.columns ?? 80),
    onTerminal: true,
    paint: choosePaint(context.stderr, context.env, flags.color),
    write: (text) => writeOut(context.stderr, text),
  });
  await table.items(rows.slice(0, mostRows));
  await table.end({});
  if (rows.length > mostRows) await talk.say(`and ${rows.length - mostRows} more; --dry-run shows them all.`);
  const { say, warn } = summarize({ list: command.list ?? "outcomes", count: items.length, summary, changes: true });
  for (const sentence of say) await talk.say(sentence);
  for (const sentence of warn) await talk.warn(sentence);
}
