import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { hold } from "./held-mail.ts";
import { environmentOf, run } from "./terminal.ts";

let simulator: Simulator;
let env: Record<string, string>;

beforeAll(async () => {
  simulator = await startSimulator({ seed: "cli-actions" });
  env = environmentOf(simulator);
});
afterEach(() => simulator.reset());
afterAll(() => simulator.stop());

async function held(): Promise<{ localGuid: string; guid: string; subject: string }[]> {
  const { stdout } = await run(["quarantine", "list", "--sender", "*", "--json"], { env });
  return (JSON.parse(stdout) as { messages: { localGuid: string; guid: string; subject: string }[] }).messages;
}

/** The id of the one message held. */
async function holdOne(): Promise<string> {
  await hold(simulator);
  const [message] = await held();
  return message?.localGuid ?? "";
}

test("a release is told as an outcome, and the message arrives once", async () => {
  const id = await holdOne();
  const { exitCode, stdout, stderr } = await run(
    ["quarantine", "release", "--folder", "Quarantine", "--jsonl", "--", id],
    { env },
  );
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ localGuid: id, folder: "Quarantine", outcome: "done" });
  expect(stderr).toBe("1 outcome: 1 done.\n");
  expect(simulator.mailbox("ann@example.com")).toHaveLength(1);
});

test("a dry run prints what would be sent, and nothing is", async () => {
  const id = await holdOne();
  const before = simulator.journal().length;
  const args = ["quarantine", "release", id, "--folder", "Quarantine", "--scan", "--dry-run"];
  const { exitCode, stdout } = await run(args, { env, columns: 60 });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("planned");
  expect(stdout).toContain(`"localguid":"${id}"`);
  expect(stdout).toContain('"scan":"t"');
  expect(simulator.journal()).toHaveLength(before);
});

test("a listing can be piped into a deletion", async () => {
  for (const subject of ["one", "two", "three"]) await hold(simulator, { subject });
  const listing = await run(["quarantine", "list", "--sender", "*", "--jsonl"], { env });
  const { exitCode, stderr } = await run(["quarantine", "delete", "-", "--yes"], { env, input: listing.stdout });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "3 outcomes: 3 done.\n" });
  expect(await held()).toEqual([]);
});

test("a listing that was cut is warned of where it is piped in", async () => {
  for (const subject of ["one", "two"]) await hold(simulator, { subject });
  const listing = await run(["quarantine", "list", "--sender", "*", "--jsonl", "--limit", "1"], { env });
  const { exitCode, stderr } = await run(["quarantine", "delete", "-", "--yes"], { env, input: listing.stdout });
  expect(exitCode).toBe(0);
  expect(stderr).toContain("The list on standard input was cut short");
  expect(await held()).toHaveLength(1);
});

test.each([
  ["n\n", 130, 1],
  ["\n", 130, 1],
  ["y\n", 0, 0],
  ["YES\n", 0, 0],
])("a person who answers %j to the question gets code %i and %i messages left", async (typed, exitCode, left) => {
  const id = await holdOne();
  const result = await run(["quarantine", "delete", id, "--folder", "Quarantine"], { env, columns: 80, typed });
  expect(result.stderr).toContain("Delete Messages: 1 message, --folder Quarantine. Go ahead? [y/N] ");
  expect(result.exitCode).toBe(exitCode);
  expect(await held()).toHaveLength(left);
});

test("some done and some gone is code 9, each with its own outcome", async () => {
  const id = await holdOne();
  const args = ["quarantine", "delete", id, "9:9:999999", "--folder", "Quarantine", "--yes", "--json"];
  const { exitCode, stdout } = await run(args, { env });
  expect(exitCode).toBe(9);
  const { outcomes, counts } = JSON.parse(stdout) as { outcomes: { outcome: string }[]; counts: object };
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["done", "not_found"]);
  expect(counts).toEqual({ done: 1, not_found: 1 });
});

test("only unknown messages is code 4", async () => {
  const { exitCode } = await run(["quarantine", "release", "9:9:999999", "--folder", "Quarantine"], { env });
  expect(exitCode).toBe(4);
});

test("a refusal keeps the words of PPS", async () => {
  const id = await holdOne();
  const args = ["quarantine", "move", id, "--folder", "Quarantine", "--target-folder", "No Such Folder"];
  const { exitCode, stdout } = await run(args, { env });
  expect(exitCode).toBe(5);
  expect(stdout).toContain("targetfolder");
});

test("a lost answer to a deletion is resolved by looking, when the message was piped in with its time", async () => {
  await hold(simulator);
  const { stdout: input } = await run(["quarantine", "list", "--sender", "*", "--jsonl"], { env });
  simulator.faults.add({ kind: "lose-answer", route: "POST /quarantine", count: 1 });
  const { exitCode, stdout } = await run(["quarantine", "delete", "-", "--yes"], { env, input });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^done /m) });
});

test("a lost answer to a release is told as unknown, code 7, and not repeated", async () => {
  const id = await holdOne();
  simulator.faults.add({ kind: "lose-answer", route: "POST /quarantine", count: 1 });
  const { exitCode, stdout } = await run(["quarantine", "release", id, "--folder", "Quarantine"], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: expect.stringMatching(/^unknown /m) });
  expect(simulator.mailbox("ann@example.com")).toHaveLength(1);
});

test.each([["--json"], ["--no-color"]])(
  "Ctrl-C lets the changes under way finish and tells them with %s",
  async (form) => {
    for (let count = 0; count < 6; count++) await hold(simulator);
    const { stdout: input } = await run(["quarantine", "list", "--sender", "*", "--jsonl"], { env });
    // The first request goes alone, then four together; their answers leave time to press Ctrl-C. The sixth is never sent.
    simulator.faults.add({ kind: "latency", route: "POST /quarantine", milliseconds: 0, count: 1 });
    simulator.faults.add({ kind: "latency", route: "POST /quarantine", milliseconds: 1000 });
    const deleted = () => simulator.journal().filter((entry) => entry.effect === "deleted").length;
    const interruption = new AbortController();
    const args = ["quarantine", "delete", "-", "--yes", form];
    const ended = run(args, { env, input, interrupted: interruption.signal });
    await vi.waitUntil(() => deleted() === 5, { interval: 5, timeout: 10_000 });
    interruption.abort();
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/^Waiting for what was sent already\..*\npps: interrupted\.\n$/);
    expect(stdout.match(/\bdone\b/g)).toHaveLength(5);
    expect(deleted()).toBe(5);
  },
);

test("a download is the message byte by byte, under its own name, and never replaces a file", async () => {
  const { guid, raw } = await hold(simulator);
  const cwd = temporaryDirectory();
  const first = await run(["quarantine", "download", "--json", "--", guid], { env, cwd });
  const { savedTo, sizeBytes } = JSON.parse(first.stdout) as { savedTo: string; sizeBytes: number };
  expect(savedTo.startsWith(join(cwd, guid.replace(/^[.-]/, "_")))).toBe(true);
  expect(readFileSync(savedTo).includes(raw.subarray(raw.indexOf("\r\n\r\n")))).toBe(true);
  expect(sizeBytes).toBe(readFileSync(savedTo).length);
  const second = await run(["quarantine", "download", "--", guid], { env, cwd });
  expect(second).toMatchObject({ exitCode: 2, stdout: "" });
  expect(second.stderr).toContain("is there already");
  expect((await run(["quarantine", "download", "--force", "--", guid], { env, cwd })).exitCode).toBe(0);
});

test("a download can be piped, but not onto a terminal", async () => {
  const { guid } = await hold(simulator);
  const piped = await run(["quarantine", "download", "-o", "-", "--", guid], { env });
  expect(piped.exitCode).toBe(0);
  expect(piped.stdout).toContain("Message-ID: <offer@shop.example>");
  const shown = await run(["quarantine", "download", "-o", "-", "--", guid], { env, columns: 80 });
  expect(shown).toMatchObject({ exitCode: 2, stdout: "" });
});

test("a download of an unknown message is code 4 and leaves no file", async () => {
  const cwd = temporaryDirectory();
  const { exitCode } = await run(["quarantine", "download", "nothing", "-o", "a.eml"], { env, cwd });
  expect(exitCode).toBe(4);
  expect(existsSync(join(cwd, "a.eml"))).toBe(false);
});
