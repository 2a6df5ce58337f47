import type { Command } from "../../src/core/command.ts";
import { type CloudLists, cloudSite } from "./cloud-lists.ts";
import { execute } from "./execute.ts";

const now = Date.UTC(2026, 10, 21, 12);

/** Runs a command on the organisation's lists and gives what it handed on beside its result. */
export function call(command: unknown, lists: CloudLists, raw: Record<string, unknown>, more: object = {}) {
  lists.items = [];
  const result = execute(command as Command, raw, lists, { now, ...cloudSite, ...more }) as {
    counts?: Record<string, number>;
    notes: string[];
  };
  return { items: lists.items as Record<string, string>[], ...result };
}

/** What became of what, in short. */
export function outcomes(items: readonly Record<string, string>[]) {
  return items.map((item) => [item.outcome, item.value ?? item.entry]);
}
