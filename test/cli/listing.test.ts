import stringWidth from "string-width";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { hold } from "./held-mail.ts";
import { environmentOf, run } from "./terminal.ts";

let simulator: Simulator;
let env: Record<string, string>;

beforeAll(async () => {
  simulator = await startSimulator({ seed: "cli-listing" });
  env = environmentOf(simulator);
});
afterEach(() => simulator.reset());
afterAll(() => simulator.stop());

const list = ["quarantine", "list", "--sender", "*"];

test("ping says that it is connected", async () => {
  const { exitCode, stdout, stderr } = await run(["ping", "--json"], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({ connected: true });
});

test("a table on a pipe is whole, and the summary stands on stderr", async () => {
  const { guid } = await hold(simulator, { subject: "Prices fall" });
  const { exitCode, stdout, stderr } = await run([...list, "--columns", "guid,sender,recipients,subject"], { env });
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    `guid                              sender               recipients       subject
${guid}  offers@shop.example  ann@example.com  Prices fall
`,
  );
  expect(stderr).toBe("1 message in Quarantine.\n");
});

test("the wide table shows every value there is, uncut", async () => {
  const { guid } = await hold(simulator, { subject: "Prices fall ".repeat(20).trim() });
  const { stdout } = await run([...list, "--wide", "--no-color"], { env, columns: 60 });
  const [heading = "", row = ""] = stdout.split("\n");
  expect(heading).toContain("messageId");
  expect(heading).not.toContain("dlpViolation");
  expect(row).toContain("Prices fall ".repeat(20).trim());
  expect(row).toContain(guid);
});

test("nothing found is no error, and leaves stdout empty", async () => {
  expect(await run(list, { env })).toEqual({
    exitCode: 0,
    stdout: "",
    stderr: expect.stringMatching(/^0 messages in Quarantine since \d{4}-\S+Z\.\n$/),
  });
});

test("JSON names its list and says what was searched", async () => {
  const { guid } = await hold(simulator);
  const { stdout } = await run([...list, "--folder", "Phish", "--folder", "Quarantine", "--json"], { env });
  expect(JSON.parse(stdout)).toMatchObject({
    messages: [{ guid, folder: "Quarantine", sender: "offers@shop.example", recipients: ["ann@example.com"] }],
    truncated: false,
    searched: [
      { folder: "Phish", state: "searched" },
      { folder: "Quarantine", state: "searched" },
    ],
  });
});

test.each([["--json"], ["--jsonl"], ["--csv"], ["--wide"]])("a list that was cut says so with %s", async (form) => {
  for (const subject of ["one", "two", "three"]) await hold(simulator, { subject });
  const { exitCode, stdout, stderr } = await run([...list, "--limit", "2", "--quiet", form], { env });
  expect(exitCode).toBe(0);
  expect(stderr).toContain("This list is not complete.");
  if (form === "--json") expect(JSON.parse(stdout)).toMatchObject({ truncated: true });
  if (form === "--jsonl") expect(stdout.split("\n").at(-2)).toMatch(/^\{"truncated":true,/);
});

test("hostile text reaches no terminal and no spreadsheet", async () => {
  await hold(simulator, { subject: '\u001b[2J=cmd|"/c calc"\u202efdp' });
  await hold(simulator, { subject: "=HYPERLINK(1)" });
  for (const form of [[], ["--wide"], ["--csv"], ["--json"], ["--jsonl"]]) {
    const { stdout } = await run([...list, ...form], { env, columns: 100 });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the table's own bold heading is allowed for
    expect(stdout.replace(/\u001b\[(1|22)m/g, "")).not.toMatch(/[\u001b\u202e]/);
  }
  const { stdout } = await run([...list, "--csv", "--columns", "subject"], { env });
  expect(stdout.split("\r\n")).toContain("'=HYPERLINK(1)");
});

test.each([60, 80, 120, 200])("a table fits a terminal of %i columns and loses no id", async (columns) => {
  const { guid } = await hold(simulator, {
    subject: "請求書 ".repeat(200),
    from: "someone-with-a-long-name@shop.example",
  });
  const { stdout } = await run([...list, "--no-color", "--columns", "receivedAt,sender,recipients,subject,guid"], {
    env,
    columns,
  });
  for (const line of stdout.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  expect(stdout).toContain(guid);
});

test("a trace can be searched, and a message shown with all that is known of it", async () => {
  const { guid } = await hold(simulator, { subject: "Prices fall" });
  const trace = await run(["trace", "search", "--guid", guid, "--json"], { env });
  expect(JSON.parse(trace.stdout)).toMatchObject({ records: [{ guid }] });
  const show = await run(["message", "show", "--json", "--", guid], { env });
  expect(show.exitCode).toBe(0);
  expect(JSON.parse(show.stdout)).toMatchObject({
    guid,
    quarantine: [{ guid, folder: "Quarantine" }],
    content: { subject: "Prices fall", messageId: "offer@shop.example" },
  });
  const readable = await run(["message", "show", "--", guid], { env });
  expect(readable.stdout).toMatch(/^ {2}subject +Prices fall$/m);
});

test("an unknown message is code 4", async () => {
  const { exitCode, stdout, stderr } = await run(["message", "show", "no-such-guid"], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: "" });
  expect(stderr).toContain("No message found with GUID no-such-guid");
});

test("a wrong password is code 3 and never shown", async () => {
  const { exitCode, stdout, stderr } = await run(list, { env: { ...env, PPS_PASSWORD: "hunter2" } });
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
  expect(stderr).toMatch(/^pps: /);
  expect(stderr).not.toContain("hunter2");
});

test("a folder that breaks off makes the list partial: code 9, and a warning even when quiet", async () => {
  await hold(simulator);
  // Each try is counted: the fault outlives the tries of one folder's search.
  simulator.faults.add({ kind: "html", route: "GET /quarantine", count: 1 });
  const folders = ["--folder", "Quarantine", "--folder", "Phish"];
  const { exitCode, stderr } = await run([...list, ...folders, "--quiet", "--json"], { env });
  expect(exitCode).toBe(9);
  expect(stderr).toContain("This list is not complete.");
});

test("Ctrl-C ends a search with code 130", async () => {
  simulator.faults.add({ kind: "latency", route: "GET /quarantine", milliseconds: 60_000 });
  const interruption = new AbortController();
  const ended = run(list, { env, interrupted: interruption.signal });
  setImmediate(() => interruption.abort());
  expect(await ended).toEqual({ exitCode: 130, stdout: "", stderr: "pps: interrupted.\n" });
});

test("a reader that goes away ends a search quietly", async () => {
  await hold(simulator);
  const gone = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
  const { exitCode, stdout, stderr } = await run([...list, "--jsonl"], {
    env,
    onOutput() {
      throw gone;
    },
  });
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: "", stderr: "" });
});

test("doctor finds nothing wrong with a good connection, and says what to do about a bad one", async () => {
  const good = await run(["doctor"], { env });
  expect(good).toMatchObject({ exitCode: 0, stderr: "" });
  expect(good.stdout).toMatch(/^ok {6}/m);
  expect(good.stdout).not.toMatch(/^fail/m);
  const bad = await run(["doctor", "--json"], { env: { ...env, PPS_PASSWORD: "wrong" } });
  expect(bad.exitCode).toBe(3);
  const { findings } = JSON.parse(bad.stdout) as { findings: { check: string; state: string; fix?: string }[] };
  const failed = findings.filter((finding) => finding.state === "fail");
  expect(failed.length).toBeGreaterThan(0);
  for (const { fix } of failed) expect(fix).toBeTruthy();
});

test("doctor ends as a command that meets the first fault would", async () => {
  simulator.faults.add({ kind: "status", status: 503 });
  const busy = await run(["doctor", "--json"], { env });
  const { findings } = JSON.parse(busy.stdout) as { findings: object[] };
  expect(busy.exitCode).toBe(6);
  expect(findings).toContainEqual(expect.objectContaining({ check: "credentials", state: "fail", code: "busy" }));
});
