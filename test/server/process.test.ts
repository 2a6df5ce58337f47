import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { request } from "undici";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { hold } from "../cli/held-mail.ts";
import { environmentOf } from "../cli/terminal.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const bin = fileURLToPath(new URL("../../bin/pps.js", import.meta.url));

/** Starts `pps serve` as a process of its own, and waits until it is ready. */
async function serve(simulator: Simulator, state: string): Promise<{ child: ChildProcess; url: string }> {
  const args = [bin, "serve", "--anonymous", "--http", "--port", "0", "--state", state, "--json"];
  const env = { PATH: process.env.PATH, HOME: temporaryDirectory(), ...environmentOf(simulator) };
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "close");
    }
  });
  const [line] = (await once(createInterface(child.stdout as NodeJS.ReadableStream), "line")) as [string];
  return { child, url: JSON.parse(line).url };
}

async function release(url: string, message: unknown, key: string) {
  const { statusCode, body } = await request(`${url}/v1/quarantine/release`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify({ localGuids: [message] }),
  });
  return { status: statusCode, body: (await body.json()) as Record<string, unknown> };
}

function kindsIn(state: string): string[] {
  const lines = readFileSync(join(state, "audit.jsonl"), "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line).kind);
}

async function openLab() {
  const simulator = await startSimulator({ seed: "server-process" });
  onTestFinished(simulator.stop);
  await hold(simulator, { subject: "one" });
  return { simulator, state: temporaryDirectory() };
}

async function find(url: string): Promise<unknown> {
  const { body } = await request(`${url}/v1/quarantine/list?sender=*`);
  return ((await body.json()) as { messages: unknown[] }).messages[0];
}

const happened = (simulator: Simulator) => () => simulator.faults.list().some((fault) => fault.happened > 0);

test("a release under way when the server is killed is unknown afterwards, and not repeated under its key", async () => {
  const { simulator, state } = await openLab();
  const first = await serve(simulator, state);
  const message = await find(first.url);
  simulator.faults.add({ kind: "latency", milliseconds: 3_600_000, action: "release", count: 1 });
  const cut = release(first.url, message, "one").catch(() => "cut");
  await vi.waitUntil(happened(simulator), { timeout: 20_000 });
  first.child.kill("SIGKILL");
  expect(await cut).toBe("cut");
  await once(first.child, "close");
  const second = await serve(simulator, state);
  const { status, body } = await release(second.url, message, "one");
  expect(status).toBe(504);
  expect(body).toMatchObject({ code: "outcome_unknown", mayHaveHappened: true });
  await simulator.settle();
  expect(simulator.journal().filter(({ effect }) => effect === "released")).toHaveLength(1);
  expect(kindsIn(state)).toEqual(["opened", "intent", "opened"]);
});

test("asked to end, the server lets a release under way finish, and writes down what became of it", async () => {
  const { simulator, state } = await openLab();
  const { child, url } = await serve(simulator, state);
  const message = await find(url);
  simulator.faults.add({ kind: "latency", milliseconds: 300, action: "release" });
  const answer = release(url, message, "one");
  await vi.waitUntil(happened(simulator), { timeout: 20_000 });
  child.kill("SIGTERM");
  expect(await answer).toMatchObject({ status: 200, body: { outcomes: [{ outcome: "done" }] } });
  expect(await once(child, "close")).toEqual([0, null]);
  expect(kindsIn(state)).toEqual(["opened", "intent", "outcome", "closed"]);
});
