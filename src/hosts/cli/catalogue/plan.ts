import { countOutcomes, type Outcome } from "../../../commands/index.ts";
import type { Agree } from "../../../core/steps.ts";
import { writeOut } from "../context.ts";
import { propertyOf } from "../output/cell.ts";
import { choosePaint } from "../output/paint.ts";
import { summarize } from "../output/summary-text.ts";
import { createTableWriter } from "../output/table-writer.ts";
import { createTalk } from "../output/talk.ts";
import type { Call } from "./call.ts";

// A person reads no more before saying yes.
const mostRows = 50;

/** Puts a plan before a person, on stderr and whatever `--quiet` says: it is part of the question. */
export async function showPlan({ items, notes }: Agree, { command, flags, context }: Call): Promise<void> {
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
  const shown = chooseRows(rows);
  await table.items(shown);
  await table.end({});
  if (rows.length > shown.length) await talk.say(`and ${rows.length - shown.length} more; --dry-run shows them all.`);
  const counts = countOutcomes(items as readonly Outcome[]);
  const { say, warn } = summarize({
    list: command.list ?? "outcomes",
    count: items.length,
    summary: { counts, notes },
    changes: true,
  });
  for (const sentence of [...say, ...tellActions(items)]) await talk.say(sentence);
  for (const sentence of warn) await talk.warn(sentence);
}

/** Some of each action: fifty additions must not hide the removals behind them. */
function chooseRows(rows: readonly unknown[]): readonly unknown[] {
  if (rows.length <= mostRows) return rows;
  const taken = new Map(rows.map((row) => [propertyOf(row, "action"), 0]));
  const share = Math.floor(mostRows / taken.size) || 1;
  return rows.filter((row) => {
    const action = propertyOf(row, "action");
    const count = (taken.get(action) ?? 0) + 1;
    taken.set(action, count);
    return count <= share;
  });
}

/** How much is planned of what, where a command does more than one thing. */
function tellActions(items: readonly unknown[]): string[] {
  const planned = new Map<string, number>();
  for (const item of items) {
    const action = propertyOf(item, "action");
    if (typeof action !== "string" || propertyOf(item, "outcome") !== "planned") continue;
    planned.set(action, (planned.get(action) ?? 0) + 1);
  }
  if (planned.size === 0) return [];
  return [`Planned: ${[...planned].map(([action, count]) => `${action} ${count}`).join(", ")}.`];
}
