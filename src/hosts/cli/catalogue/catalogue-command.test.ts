import { expect, test } from "vitest";
import { findCommand } from "../../../commands/index.ts";
import type { Command } from "../../../core/command.ts";
import type { CliContext } from "../context.ts";
import { createCatalogueCommand } from "./catalogue-command.ts";

const { hasReport: _report, tables: _tables, ...plain } = findCommand("hunt") as Command;
const tables = [{ name: "senders", title: "Senders", outputs: [] }];

test.each<[string, Partial<Command>, number]>([
  ["nothing", {}, 0],
  ["a file", { file: true }, 1],
  ["a report", { hasReport: true }, 1],
  ["a further list", { tables }, 1],
  ["all of them", { file: true, hasReport: true, tables }, 1],
])("a command that may write %s has --force once, or never where it could replace nothing", (_what, parts, times) => {
  const made = createCatalogueCommand({ ...plain, ...parts }, {} as CliContext, () => {});
  expect(made.options.filter(({ long }) => long === "--force")).toHaveLength(times);
});
