import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { HuntHit } from "../../src/commands/index.ts";
import { countOutcomes, outcomeOutputs } from "../../src/commands/outcome.ts";
import { type Command, command } from "../../src/core/command.ts";
import { PpsError } from "../../src/core/errors.ts";
import { list } from "../../src/core/fields.ts";
import { agree, found, pause } from "../../src/core/steps.ts";
import { huntResult } from "../report/sample-results.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { nobody } from "./nobody.ts";
import { type RunOptions, run } from "./terminal.ts";

/** A command under the name of one with a report, that sends nothing; an entry named `broken` breaks the work off. */
function makeFeed() {
  const runs: boolean[] = [];
  const feed = command<object>()({
    name: "blocklist.feed",
    title: "Take Made Feed",
    description: "Takes entries.",
    effect: "destroy",
    access: "Threat Protection",
    showsPlan: true,
    hasReport: true,
    fields: { entries: list({ positional: true, required: true, description: "Senders." }) },
    rules: [],
    list: "outcomes",
    outputs: [{ name: "entry", type: "string", description: "The entry." }, ...outcomeOutputs],
    columns: ["outcome", "entry"],
    examples: [],
    *run({ entries }, { dryRun }) {
      runs.push(dryRun);
      const items = (outcome: "planned" | "done" | "refused") =>
        entries.map((entry) => ({ action: "add", list: "blocklist", entry, outcome, message: `${outcome}.` }));
      if (dryRun) yield* found(items("planned"));
      if (dryRun) return { counts: countOutcomes(items("planned")), notes: [] };
      if ((yield* agree(items("planned"), [])) === "declined") return { counts: {}, notes: [] };
      const ended = items(entries[0] === "refused.test" ? "refused" : "done");
      yield* found(ended);
      if (entries.includes("broken")) throw new PpsError("unreachable", "The connection broke.");
      return { counts: countOutcomes(ended), notes: ["A note."] };
    },
  });
  return { runs, commands: [feed] as readonly unknown[] as readonly Command[] };
}

async function runFeed(args: readonly string[], options: RunOptions = {}) {
  const { runs, commands } = makeFeed();
  const result = await run(["blocklist", "feed", ...args], { commands, env: nobody(), ...options });
  return { ...result, runs };
}

test("a report is written beside the result, for its owner alone", async () => {
  const cwd = temporaryDirectory();
  const given = await runFeed(["a.test", "--yes", "--json", "--report", "case.html"], { cwd });
  expect(given.exitCode).toBe(0);
  expect(JSON.parse(given.stdout).outcomes).toHaveLength(1);
  expect(given.stderr).toContain(`Report: ${join(cwd, "case.html")}\n`);
  const page = readFileSync(join(cwd, "case.html"), "utf8");
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(page).toContain("A note.");
  expect(statSync(join(cwd, "case.html")).mode & 0o777).toBe(0o600);
  expect(readdirSync(cwd)).toEqual(["case.html"]);
});

test("a dry run is reported as a plan", async () => {
  const cwd = temporaryDirectory();
  const { exitCode, runs } = await runFeed(["a.test", "--dry-run", "--report", "plan.html"], { cwd });
  expect({ exitCode, runs }).toEqual({ exitCode: 0, runs: [true] });
  expect(readFileSync(join(cwd, "plan.html"), "utf8")).toContain("Nothing was changed.");
});

test("what was refused is reported too, and keeps its exit code", async () => {
  const cwd = temporaryDirectory();
  const { exitCode } = await runFeed(["refused.test", "--yes", "--report", "case.html"], { cwd });
  expect(exitCode).toBe(5);
  expect(readFileSync(join(cwd, "case.html"), "utf8")).toContain("1 action could not be carried out.");
});

test("work that broke off leaves a report of what it did, which says so", async () => {
  const cwd = temporaryDirectory();
  const { exitCode } = await runFeed(["a.test", "broken", "--yes", "--report", "case.html"], { cwd });
  expect(exitCode).toBe(7);
  const page = readFileSync(join(cwd, "case.html"), "utf8");
  expect(page).toContain("This report is not complete");
  expect(page).toContain("The work broke off");
});

test("after no there is nothing to report", async () => {
  const cwd = temporaryDirectory();
  const given = await runFeed(["a.test", "--report", "case.html"], { cwd, columns: 100, typed: "n\n" });
  expect(given.exitCode).toBe(130);
  expect(readdirSync(cwd)).toEqual([]);
});

test("a directory takes the report under the command's name", async () => {
  const cwd = temporaryDirectory();
  mkdirSync(join(cwd, "cases"));
  await runFeed(["a.test", "--yes", "--report", "cases"], { cwd });
  expect(readdirSync(join(cwd, "cases"))).toEqual(["blocklist.feed.html"]);
});

test("a file that is there is replaced only by force", async () => {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, "mine.html"), "mine");
  const refused = await runFeed(["a.test", "--yes", "--report", "mine.html"], { cwd });
  expect(refused).toMatchObject({ exitCode: 2, stdout: "", runs: [] });
  expect(refused.stderr).toContain("hint: Give --force to replace it, or another --report.");
  expect(readFileSync(join(cwd, "mine.html"), "utf8")).toBe("mine");
  expect((await runFeed(["a.test", "--yes", "--report", "mine.html", "--force"], { cwd })).exitCode).toBe(0);
  expect(readFileSync(join(cwd, "mine.html"), "utf8")).toContain("<!doctype html>");
});

test.each([
  ["in no directory", "missing/case.html", "there is no such directory"],
  ["below a file", "file/case.html", "a part of the path is no directory"],
  ["on stdout", "-", "takes the path of a file"],
  ["without a name", "", "takes the path of a file"],
])("a report %s is refused before anything is done", async (_where, path, reason) => {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, "file"), "");
  const { exitCode, stdout, stderr, runs } = await runFeed(["a.test", "--yes", "--report", path], { cwd });
  expect({ exitCode, stdout, runs }).toEqual({ exitCode: 2, stdout: "", runs: [] });
  expect(stderr).toContain(reason);
});

test("a report that can no longer be written is said to be missing, and all else stands", async () => {
  const cwd = temporaryDirectory();
  const { commands, runs } = makeFeed();
  const { exitCode, stdout, stderr } = await run(["blocklist", "feed", "a.test", "--yes", "--report", "case.html"], {
    commands,
    cwd,
    env: nobody(),
    // Somebody else takes the name while the work is under way.
    onOutput: () => writeFileSync(join(cwd, "case.html"), "theirs"),
  });
  expect({ exitCode, runs }).toEqual({ exitCode: 9, runs: [false] });
  expect(stdout).toContain("a.test");
  expect(stderr).toContain("warning: There is no report: ");
  expect(readFileSync(join(cwd, "case.html"), "utf8")).toBe("theirs");
});

test("a search whose reader leaves goes on for its report", async () => {
  const cwd = temporaryDirectory();
  const hunt = command<HuntHit>()({
    name: "hunt",
    title: "Hunt Made Threats",
    description: "Finds what it was made with.",
    effect: "read",
    access: "Quarantine",
    hasReport: true,
    fields: {},
    rules: [],
    list: "messages",
    outputs: [{ name: "guid", type: "string", description: "Id." }],
    columns: ["guid"],
    examples: [],
    *run() {
      const { items, summary } = huntResult(3);
      for (const item of items) {
        yield* found([item]);
        // Time in which an order to stop would come.
        yield* pause(1);
      }
      return summary;
    },
  });
  const { exitCode } = await run(["hunt", "--jsonl", "--report", "hunt.html"], {
    commands: [hunt] as readonly unknown[] as readonly Command[],
    cwd,
    env: nobody(),
    onOutput: () => {
      throw Object.assign(new Error("broken pipe"), { code: "EPIPE" });
    },
  });
  expect(exitCode).toBe(9);
  const page = readFileSync(join(cwd, "hunt.html"), "utf8");
  for (const { guid } of huntResult(3).items) expect(page.replaceAll("<wbr>", "")).toContain(guid);
});
