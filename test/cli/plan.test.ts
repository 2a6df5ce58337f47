import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { temporaryDirectory } from "../temporary-directory.ts";
import { makeCommands } from "./made-commands.ts";
import { nobody } from "./nobody.ts";
import { type RunOptions, run } from "./terminal.ts";

const sync = ["blocklist", "sync", "-"];

/** Runs a sync of these lines, and tells which runs there were. */
async function runSync(lines: readonly string[], args: readonly string[], options: RunOptions = {}) {
  const { commands, given } = makeCommands();
  const result = await run(args, { commands, env: nobody(), input: lines.join("\n"), ...options });
  return { ...result, runs: given.map((each) => (each as { dryRun: boolean }).dryRun) };
}

test("without a terminal a plan cannot be shown, and nothing is looked at", async () => {
  const { exitCode, stdout, stderr, runs } = await runSync(["a.example"], sync);
  expect({ exitCode, stdout, runs }).toEqual({ exitCode: 2, stdout: "", runs: [] });
  expect(stderr).toBe(
    "pps: Not done without --yes, since nobody can be asked: Sync Made Entries: FILE -.\n" +
      "hint: Give --yes to go ahead, or --dry-run to see what would be sent.\n",
  );
});

test("with --yes it is done straight away", async () => {
  const { exitCode, stderr, runs } = await runSync(["a.example", "unchanged b.example"], [...sync, "--yes"]);
  expect({ exitCode, runs }).toEqual({ exitCode: 0, runs: [false] });
  expect(stderr).toBe("2 outcomes: 1 accepted, 1 unchanged.\nWhat the plan notes.\n");
});

test("a dry run asks nothing", async () => {
  const { exitCode, stdout, runs } = await runSync(["a.example"], [...sync, "--dry-run"]);
  expect({ exitCode, runs }).toEqual({ exitCode: 0, runs: [true] });
  expect(stdout).toContain("planned  a.example");
});

const terminal = { columns: 80 };

/** Runs a sync of a file at a terminal where a person types. */
function ask(lines: readonly string[], typed: string, args: readonly string[] = []) {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, "list.txt"), lines.join("\n"));
  return runSync([], ["blocklist", "sync", "list.txt", "--no-color", ...args], { ...terminal, cwd, typed });
}

test("on a terminal the plan is shown without what stays, then asked about, then done", async () => {
  const lines = ["a.example", "unchanged b.example", "refused c.example"];
  const { exitCode, stdout, stderr, runs } = await ask(lines, "y\n");
  expect(stderr).toBe(
    `outcome  entry
planned  a.example
refused  c.example
3 outcomes: 1 planned, 1 unchanged, 1 refused.
Planned: add 1.
What the plan notes.
Sync Made Entries: FILE list.txt. Go ahead? [y/N] 3 outcomes: 1 accepted, 1 unchanged, 1 refused.
What the plan notes.
`,
  );
  expect({ exitCode, runs }).toEqual({ exitCode: 9, runs: [false] });
  expect(stdout).toContain("accepted   a.example");
});

test.each([["n\n"], ["\n"], ["yesterday\n"]])("whoever answers %j to a plan has nothing done", async (typed) => {
  const { exitCode, stdout, stderr, runs } = await ask(["a.example"], typed);
  expect({ exitCode, stdout, runs }).toEqual({ exitCode: 130, stdout: "", runs: [false] });
  expect(stderr).toMatch(/\[y\/N\] Nothing was done\.\n$/);
});

test("a plan is shown even when quiet, for it is part of the question", async () => {
  const { stderr } = await ask(["a.example"], "n\n", ["--quiet"]);
  expect(stderr).toContain("planned  a.example\n1 outcome: 1 planned.\nPlanned: add 1.\n");
});

test("a long plan is cut after fifty rows, and says so", async () => {
  const lines = Array.from({ length: 60 }, (_, index) => `a${index}.example`);
  const { stderr } = await ask(lines, "n\n");
  expect(stderr.match(/^planned/gm)).toHaveLength(50);
  expect(stderr).toContain("and 10 more; --dry-run shows them all.\n60 outcomes: 60 planned.\n");
});

test("a long plan shows some of each that would be done, and how much there is of it", async () => {
  const lines = Array.from({ length: 90 }, (_, index) => `${index < 80 ? "" : "-"}a${index}.example`);
  const { stderr } = await ask(lines, "n\n");
  expect(stderr).toContain("planned  a0.example\n");
  expect(stderr).toContain("planned  a89.example\n");
  expect(stderr).toContain("and 55 more;");
  expect(stderr).toContain("\nPlanned: add 80, remove 10.\n");
});

test("where nothing is to be changed nobody is asked, and the result is printed all the same", async () => {
  const { exitCode, stdout, stderr, runs } = await ask(["unchanged a.example"], "", ["--json"]);
  expect({ exitCode, runs }).toEqual({ exitCode: 0, runs: [false] });
  expect(JSON.parse(stdout)).toMatchObject({ outcomes: [{ entry: "a.example" }], counts: { unchanged: 1 } });
  expect(stderr).toBe("1 outcome: 1 unchanged.\nWhat the plan notes.\n");
});

test("Ctrl-C at the plan ends with code 130, and nothing is done", async () => {
  const { commands, given } = makeCommands();
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, "list.txt"), "a.example");
  const interruption = new AbortController();
  const options = { commands, cwd, env: nobody(), ...terminal, typed: "", interrupted: interruption.signal };
  const ended = run(["blocklist", "sync", "list.txt"], options);
  await vi.waitUntil(() => given.length === 1, { interval: 1, timeout: 10_000 });
  interruption.abort();
  const { exitCode, stdout, stderr } = await ended;
  expect({ exitCode, stdout, runs: given.length }).toEqual({ exitCode: 130, stdout: "", runs: 1 });
  expect(stderr).toMatch(/pps: interrupted\.\n$/);
  expect(stderr).not.toContain("Waiting for what was sent");
});

test("a plan in which all is refused ends with the code for that", async () => {
  const { exitCode, runs } = await ask(["refused a.example"], "");
  expect({ exitCode, runs }).toEqual({ exitCode: 5, runs: [false] });
});

test("notes of a change are told even when quiet", async () => {
  const { commands } = makeCommands();
  const args = ["users", "blocklist", "add", "a.example", "old.example", "--quiet"];
  const { exitCode, stderr } = await run(args, { commands, env: nobody() });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "This one is worth knowing.\n" });
});

test("entries are counted as entries in the question", async () => {
  const { commands } = makeCommands();
  const { stderr } = await run(["users", "blocklist", "delete", "a.example", "b.example"], { commands });
  expect(stderr).toContain("nobody can be asked: Delete Made Entries: 2 entries.\n");
});
