import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { hold } from "./held-mail.ts";
import { environmentOf } from "./terminal.ts";

const bin = fileURLToPath(new URL("../../bin/pps.js", import.meta.url));
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ seed: "cli-process" });
});
afterEach(() => simulator.reset());
afterAll(() => simulator.stop());

/** Starts a program whose settings lead to the simulator, and gathers what it prints. */
function start(program: string, args: readonly string[]) {
  const child = spawn(program, args, {
    env: { PATH: process.env.PATH, HOME: temporaryDirectory(), ...environmentOf(simulator) },
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output.stderr += chunk;
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
  return { child, output, ended };
}

test("a shell pipe carries a listing into a release", async () => {
  for (const subject of ["one", "two"]) await hold(simulator, { subject });
  const pps = `"${process.execPath}" "${bin}"`;
  const script = `${pps} quarantine list --sender '*' --jsonl | ${pps} quarantine release - --csv --columns folder,outcome`;
  const { output, ended } = start("bash", ["-o", "pipefail", "-c", script]);
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(output.stdout).toBe("folder,outcome\r\nQuarantine,done\r\nQuarantine,done\r\n");
  expect(simulator.mailbox("ann@example.com")).toHaveLength(2);
});

test("Ctrl-C ends the process with 130, and a second one is not needed", async () => {
  simulator.faults.add({ kind: "latency", milliseconds: 3_600_000 });
  const { child, output, ended } = start(process.execPath, [bin, "ping"]);
  await vi.waitUntil(() => simulator.faults.list().some((fault) => fault.happened > 0), { timeout: 20_000 });
  child.kill("SIGINT");
  expect(await ended).toEqual({ code: 130, signal: null });
  expect(output).toEqual({ stdout: "", stderr: "pps: interrupted.\n" });
});
