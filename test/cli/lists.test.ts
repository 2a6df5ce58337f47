import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { cloudEnvironmentOf, environmentOf, type RunOptions, run } from "./terminal.ts";

const phisher = "billing@evil.test";
const cwd = temporaryDirectory();
let simulator: Simulator;
let env: Record<string, string>;

beforeAll(async () => {
  const quirks = { "cloud-call-limit": "none" };
  simulator = await startSimulator({ seed: "cli-lists", profile: "pod", quirks, clientSecret: "s3cret-of-key" });
  // All runs are one process here, whose calls with one key keep its rate together.
  save("config.yaml", ["profiles:", "  quick:", "    cloudCallsPerMinute: 600"]);
  const config = { PPS_CONFIG: join(cwd, "config.yaml"), PPS_PROFILE: "quick" };
  env = { ...environmentOf(simulator), ...cloudEnvironmentOf(simulator), ...config };
});
afterEach(() => simulator.reset());
afterAll(() => simulator.stop());

function pps(line: string, options: RunOptions = {}) {
  return run(line.split(" "), { env, cwd, ...options });
}

/** What stands on the organisation's blocklist, by the gateway's own store. */
function blocked(): string[] {
  return simulator.organisationLists.entries("block").map(({ value }) => value);
}

function save(name: string, lines: readonly string[]): string {
  writeFileSync(join(cwd, name), lines.join("\n"));
  return name;
}

test("a sender is blocked, listed and unblocked, and asking twice changes nothing and says so", async () => {
  const added = await pps(`blocklist add Evil[.]TEST ${phisher} --comment Case-4711`);
  expect(added).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^2 outcomes: 2 accepted\.\n/) });
  expect(added.stdout).toMatch(/^outcome +action +entry +message\naccepted +add +@evil\.test +/);
  expect(blocked()).toEqual(["@evil.test", phisher]);
  const again = await pps(`blocklist add ${phisher} new.test`);
  expect(again).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/^2 outcomes: (1 accepted, 1 unchanged|1 unchanged, 1 accepted)\.\n/),
  });
  const { stdout, stderr } = await pps("blocklist list");
  expect(stdout).toMatch(/^@evil\.test +sender +contain +Case-4711 /m);
  expect(stderr).toBe("3 entries.\n");
  expect((await pps(`blocklist remove ${phisher}`)).stderr).toBe("1 outcome: 1 accepted.\n");
  const gone = await pps(`blocklist remove ${phisher} --quiet --json`);
  expect(gone).toMatchObject({ exitCode: 0, stderr: "" });
  expect(JSON.parse(gone.stdout)).toMatchObject({ outcomes: [{ outcome: "unchanged" }], counts: { unchanged: 1 } });
});

test("a table of several users' own lists says whose each entry is", async () => {
  for (const user of ["ann@example.com", "bob@example.com"]) {
    await pps(`users create ${user}`);
    await pps(`blocklist add ${phisher} --user ${user}`);
  }
  const { stdout } = await pps("blocklist list --user ann@example.com,bob@example.com");
  expect(stdout).toMatch(/^billing@evil\.test +ann@example\.com *\nbilling@evil\.test +bob@example\.com *$/m);
});

test("a user's own list is changed by either spelling of the command", async () => {
  expect((await pps("users create ann@example.com")).exitCode).toBe(0);
  const added = await pps(`blocklist add ${phisher} --user ann@example.com --jsonl`);
  expect(added.exitCode).toBe(0);
  expect(JSON.parse(added.stdout)).toMatchObject({ outcome: "done", user: "ann@example.com", entry: phisher });
  const again = await pps(`users blocklist add ${phisher} --user ann@example.com`);
  expect(again).toMatchObject({ exitCode: 0, stderr: "1 outcome: 1 unchanged.\n" });
  const listed = await pps("users blocklist list --user ann@example.com --json");
  expect(JSON.parse(listed.stdout)).toMatchObject({ entries: [{ user: "ann@example.com", entry: phisher }] });
  expect((await pps("blocklist list --user ann@example.com --columns entry")).stdout).toBe(`entry\n${phisher}\n`);
  const removed = await pps(`users blocklist remove ${phisher} --user ann@example.com`);
  expect(removed).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^1 outcome: 1 done\.\n/) });
  expect(blocked()).toEqual([]);
});

test("a dry run prints what would be sent, and sends nothing", async () => {
  const { exitCode, stdout, stderr } = await pps(`blocklist add ${phisher} --dry-run`);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^planned +add /m);
  expect(stdout).toContain('"action":"add"');
  expect(stderr).toMatch(/^1 outcome: 1 planned\.\n/);
  expect(blocked()).toEqual([]);
});

test("without a key of the cloud API it is said what is missing and what works all the same", async () => {
  await pps("users create ann@example.com");
  const own = { env: environmentOf(simulator) };
  const { exitCode, stdout, stderr } = await pps(`blocklist add ${phisher}`, own);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(/^pps: .*PPS_CLOUD_CLIENT_ID.*PPS_CLOUD_CLIENT_SECRET.*PPS_CLOUD_CLUSTER_ID.*\nhint: /);
  expect(stderr).toContain("A user's own list works without it");
  expect(await pps(`blocklist add ${phisher} --user ann@example.com`, own)).toMatchObject({ exitCode: 0 });
});

test("a wrong secret is code 3 and never shown", async () => {
  const wrong = { env: { ...env, PPS_CLOUD_CLIENT_SECRET: "hunter2" } };
  const { exitCode, stdout, stderr } = await pps("blocklist list", wrong);
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
  expect(stderr).toMatch(/^pps: /);
  expect(stderr).not.toMatch(/hunter2|s3cret/);
});

test.each([["gmail.com"], ["example.com"], ["co.uk"]])("blocking %s is refused unless overridden", async (domain) => {
  const { exitCode, stdout, stderr } = await pps(`blocklist add ${domain} ${phisher}`);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain(domain);
  expect(stderr).toMatch(/^hint: .*override/m);
  expect(blocked()).toEqual([]);
  const overridden = await pps(`blocklist add ${domain} ${phisher} --override --quiet`);
  expect(overridden.exitCode).toBe(0);
  expect(overridden.stderr).toContain(domain);
  expect(blocked()).toHaveLength(2);
});

test("what cannot be an entry is refused before anything is sent", async () => {
  const { exitCode, stderr } = await pps(`blocklist add ${phisher} ann@@evil.test`);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("ann@@evil.test");
  expect(blocked()).toEqual([]);
});

test("a list that was exported as CSV is taken in again as it was", async () => {
  await run(["blocklist", "add", "evil.test", "*.bad.test", "192.0.2.7", "--comment", "=Case, 47"], { env, cwd });
  const before = simulator.organisationLists.entries("block");
  const { stdout } = await pps("blocklist list --csv --quiet");
  expect(stdout).toContain("'@evil.test");
  writeFileSync(join(cwd, "export.csv"), stdout);
  simulator.reset();
  expect(await pps("blocklist add --file export.csv")).toMatchObject({ exitCode: 0 });
  expect(simulator.organisationLists.entries("block")).toEqual(before);
  expect((await pps("blocklist list --csv --quiet")).stdout).toBe(readFileSync(join(cwd, "export.csv"), "utf8"));
});

test("a listing can be piped into a removal", async () => {
  await pps(`blocklist add ${phisher} evil.test`);
  const { stdout: input } = await pps("blocklist list --jsonl");
  expect(await pps("blocklist remove -", { input })).toMatchObject({ exitCode: 0 });
  expect(blocked()).toEqual([]);
});

test("a sync shows its plan and does nothing without a yes", async () => {
  await pps("blocklist add theirs.test");
  await pps(`blocklist sync ${save("old.txt", ["old.test", "kept.test"])} --yes`);
  const file = save("new.txt", ["kept.test", phisher]);
  const terminal = { columns: 100 };
  const no = await pps(`blocklist sync ${file} --no-color`, { ...terminal, typed: "n\n" });
  expect(no).toMatchObject({ exitCode: 130, stdout: "" });
  expect(no.stderr).toMatch(/^planned +add +billing@evil\.test /m);
  expect(no.stderr).toMatch(/^planned +remove +@old\.test /m);
  expect(no.stderr).toMatch(/^2 outcomes: 2 planned\.$/m);
  expect(no.stderr).toContain("Sync Blocked Senders: FILE new.txt. Go ahead? [y/N] Nothing was done.\n");
  expect(blocked()).toEqual(["@theirs.test", "@old.test", "@kept.test"]);
  const yes = await pps(`blocklist sync ${file} --no-color`, { ...terminal, typed: "y\n" });
  expect(yes.exitCode).toBe(0);
  expect(yes.stdout).toMatch(/^accepted +remove +@old\.test\b/m);
  expect(blocked()).toEqual(["@theirs.test", "@kept.test", phisher]);
  const again = await pps(`blocklist sync ${file}`, { ...terminal, typed: "" });
  expect(again).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^0 outcomes: nothing to do\.\n/) });
});

test("a sync without a terminal needs --yes, and says how to see the plan", async () => {
  const file = save("list.txt", [phisher]);
  const refused = await pps(`blocklist sync ${file}`);
  expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
  expect(refused.stderr).toMatch(/^pps: Not done without --yes.*\nhint: .*--dry-run/);
  expect((await pps(`blocklist sync ${file} --dry-run`)).stdout).toMatch(/^planned +add /m);
  expect(blocked()).toEqual([]);
  expect((await pps("blocklist sync - --yes", { input: `${phisher}\n` })).exitCode).toBe(0);
  expect(blocked()).toEqual([phisher]);
});

test("an empty file is refused, and a list of nothing empties the list only where that is said to be wanted", async () => {
  await pps(`blocklist sync ${save("one.txt", [phisher])} --yes`);
  const empty = await pps(`blocklist sync ${save("empty.txt", [""])} --yes`);
  expect(empty).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/^pps: The file is empty\./) });
  const nothing = `blocklist sync ${save("nothing.json", ["[]"])} --yes`;
  expect(await pps(nothing)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("holds no entries") });
  expect(blocked()).toEqual([phisher]);
  expect((await pps(`${nothing} --override`)).exitCode).toBe(0);
  expect(blocked()).toEqual([]);
});
