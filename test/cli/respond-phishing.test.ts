import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readCsv } from "../../src/core/csv.ts";
import { type Fault, readSamples, type Simulator, sendSamples, startSimulator } from "../../src/simulator/index.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { cloudEnvironmentOf, environmentOf, type RunOptions, run } from "./terminal.ts";

// Whole runs of `pps respond phishing` over the samples: a campaign beside honest mail, and a colleague's report of it.

const campaign = join(import.meta.dirname, "../../samples/campaign");
const report = join(import.meta.dirname, "../../samples/reports/forwarded-phish.eml");
const cwd = temporaryDirectory();
let simulator: Simulator;
let env: Record<string, string>;

beforeAll(async () => {
  const quirks = { "cloud-call-limit": "none", "trace-lag": "none" };
  simulator = await startSimulator({ seed: "cli-phishing", profile: "pod", quirks });
  // All runs are one process here, whose calls with one key keep its rate together.
  writeFileSync(join(cwd, "config.yaml"), ["profiles:", "  quick:", "    cloudCallsPerMinute: 600"].join("\n"));
  const config = { PPS_CONFIG: join(cwd, "config.yaml"), PPS_PROFILE: "quick" };
  env = { ...environmentOf(simulator), ...cloudEnvironmentOf(simulator), ...config };
});
beforeEach(async () => {
  simulator.reset();
  const { refused } = await sendSamples(simulator.smtp, [campaign]);
  expect(refused).toEqual([]);
});
afterAll(() => simulator.stop());

function pps(args: readonly string[], options: RunOptions = {}) {
  return run(["respond", "phishing", ...args], { env, cwd, ...options });
}

/** What was done to mail and lists, by the gateway's journal. */
async function effects(): Promise<string[]> {
  // What was accepted for later has happened by then.
  simulator.clock.advance(20 * 60_000);
  await simulator.settle();
  const entries = simulator.journal().filter(({ effect }) => effect !== "held" && effect !== "delivered");
  return entries.map(({ effect }) => effect).filter((effect) => !effect.startsWith("user-"));
}

const heldSamples = [...readSamples(campaign)].filter(({ expect: folder }) => folder === "Phish");

test("with --yes the campaign that was reported is deleted and blocked, and each message has its line", async () => {
  const { exitCode, stdout, stderr } = await pps([report, "--yes"]);
  expect(stdout).toMatch(/^outcome +action +score +folder +sender /);
  expect(stdout.match(/^(done|accepted) +delete /gm)?.length).toBeGreaterThanOrEqual(heldSamples.length);
  expect(stdout).toMatch(/^accepted +block .*refund@tax-office\.test/m);
  expect(stdout).toMatch(/^left +none .*ana\.lind|^left +none .*refund@tax-office\.test/m);
  expect(stderr).toContain("PPS cannot take mail back from mailboxes");
  expect(exitCode).toBe(0);
  const done = await effects();
  expect(done.filter((effect) => effect === "deleted").length).toBeGreaterThanOrEqual(heldSamples.length);
  expect(done).toContain("listed");
  const left = await run(["quarantine", "list", "--sender", "news@tax-adviser.example", "--json"], { env, cwd });
  expect(JSON.parse(left.stdout).messages).toHaveLength(1);
});

test("a dry run as JSON holds plan, indicators, campaign and deliveries, and sends nothing", async () => {
  const { exitCode, stdout } = await pps([report, "--dry-run", "--json"]);
  expect(exitCode).toBe(0);
  const answer = JSON.parse(stdout);
  expect(answer).toMatchObject({
    indicators: [{ envelopeSender: "refund@tax-office.test", hosts: ["claims.tax-office.test"] }],
    campaign: { delivered: 2 },
    truncated: false,
  });
  expect(answer.deliveries.map(({ recipient }: { recipient: string }) => recipient).sort()).toEqual([
    "ana.lind@example.com",
    "tom.becker@example.com",
  ]);
  expect(answer.counts.planned).toBeGreaterThanOrEqual(heldSamples.length);
  expect(await effects()).toEqual([]);
});

test("on a terminal the plan is shown and asked about; no leaves everything as it is", async () => {
  const { exitCode, stdout, stderr } = await pps([report, "--no-color"], { columns: 200, typed: "n\n" });
  expect(stderr).toMatch(/^planned +delete /m);
  expect(stderr).toMatch(/Planned: delete \d+, block \d+\./);
  expect(stderr).toMatch(/Go ahead\? \[y\/N\] Nothing was done\.\n$/);
  expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
  expect(await effects()).toEqual([]);
});

test("yes at the terminal carries out what was shown", async () => {
  const { exitCode, stdout } = await pps([report, "--no-color", "--block", "none"], { columns: 200, typed: "y\n" });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^(done|accepted) +delete /m);
  expect(new Set(await effects())).toEqual(new Set(["deleted"]));
});

test.each<[string, string[], Fault | undefined, RegExp]>([
  ["a folder that is named wrongly", ["--folder", "Phish", "--folder", "Fish"], undefined, /Folder Fish was refused/],
  [
    "a trace that cannot be reached",
    [],
    { kind: "status", status: 500, route: "GET /pss/filter" },
    /The trace was not searched to its end/,
  ],
])("%s does not look like a whole search", async (_what, args, fault, note) => {
  if (fault !== undefined) simulator.faults.add(fault);
  const { exitCode, stdout, stderr } = await pps([report, "--dry-run", "--json", "--block", "none", ...args]);
  simulator.faults.clear();
  expect(exitCode).toBe(9);
  expect(JSON.parse(stdout)).toMatchObject({ truncated: true, failed: true });
  expect(stderr).toContain("This list is not complete.");
  expect(stderr).toMatch(note);
});

test("the message may come from standard input", async () => {
  const [sample] = heldSamples;
  const { exitCode, stdout } = await pps(["-", "--dry-run", "--json"], { input: String(sample?.raw) });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).indicators).toMatchObject([{ subject: "Your tax refund is ready (ref 55102)" }]);
});

test("without a terminal and without --yes nothing is looked at", async () => {
  const { exitCode, stdout, stderr } = await pps([report]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain("Not done without --yes");
  expect(await effects()).toEqual([]);
});

test.each([
  ["a file that is not there", ["no-such.eml", "--yes"], /no-such\.eml/],
  ["a file that is no mail", ["notes.txt", "--yes"], /No message can be read from what was given/],
  [
    "nothing that was reported",
    ["--yes"],
    /At least one of the following arguments must be specified: MESSAGE, --guid/,
  ],
])("%s ends with code 2 and one sentence", async (_what, args, sentence) => {
  writeFileSync(join(cwd, "notes.txt"), "Call Ann about the invoice.\n");
  const { exitCode, stdout, stderr } = await pps(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(sentence);
  expect(await effects()).toEqual([]);
});

test("the deliveries are exported for the tool that can remove mail from mailboxes", async () => {
  const { exitCode, stderr } = await pps([report, "--dry-run", "--export", "deliveries=mailboxes.csv"]);
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`Deliveries: ${join(cwd, "mailboxes.csv")}\n`);
  const rows = readCsv(readFileSync(join(cwd, "mailboxes.csv"), "utf8"), ",").rows.map(({ cells }) => cells);
  expect(rows[0]).toEqual(["recipient", "messageId", "sender", "subject", "receivedAt", "score", "guid"]);
  expect(rows.slice(1).map(([recipient, messageId]) => [recipient, messageId])).toEqual([
    ["ana.lind@example.com", "r20318@tax-office.test"],
    ["tom.becker@example.com", "r77120@tax-office.test"],
  ]);
  const again = await pps([report, "--yes", "--export", "deliveries=mailboxes.csv"]);
  expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("mailboxes.csv") });
  expect(await effects()).toEqual([]);
});

test.each([
  ["nobody=x.csv", '--export does not know the list "nobody".\nhint: It takes deliveries.\n'],
  ["deliveries", "--export deliveries names no file.\nhint: Write --export deliveries=FILE.csv.\n"],
  ["deliveries=-", "--export deliveries names no file."],
  ["deliveries=nowhere/x.csv", "nowhere"],
])("--export %s is refused before anything is done", async (written, complaint) => {
  const { exitCode, stderr } = await pps([report, "--yes", "--export", written]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(complaint);
  expect(await effects()).toEqual([]);
});
