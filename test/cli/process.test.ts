import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../temporary-directory.ts";

const bin = fileURLToPath(new URL("../../bin/pps.js", import.meta.url));

function pps(args: readonly string[], options: { node?: string[]; env?: Record<string, string> } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...(options.node ?? []), bin, ...args], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: temporaryDirectory(), ...options.env },
  });
  return { status, stdout, stderr };
}

test("the program runs from a checkout and says nothing but what it was asked", () => {
  const { status, stdout, stderr } = pps(["--version"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("the exit code of the process is that of the command", () => {
  const { status, stdout, stderr } = pps(["ping"]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/^pps: url is missing/);
});

test.each([
  ["12.22.12", 1],
  ["20.20.2", 1],
  ["22.18.0", 1],
  ["22.19.0", 0],
  ["24.0.0", 0],
])("Node %s ends with code %i", (version, code) => {
  const preload = join(temporaryDirectory(), "pretend.cjs");
  writeFileSync(preload, `Object.defineProperty(process.versions, "node", { value: "${version}" });`);
  const { status, stderr } = pps(["--version"], { node: ["--require", preload] });
  expect(status).toBe(code);
  expect(stderr).toBe(code === 0 ? "" : `pps needs Node 22.19 or newer; this is Node ${version}.\n`);
});

test("a reader that ends early gets no complaint", async () => {
  const child = spawn("bash", [
    "-c",
    `"${process.execPath}" "${bin}" commands --json | head -c 1; echo " \${PIPESTATUS[0]}"`,
  ]);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  await new Promise((resolve) => child.on("close", resolve));
  expect({ stdout, stderr }).toEqual({ stdout: "{ 0\n", stderr: "" });
});

test.skipIf(!existsSync("/dev/full"))("a full disk under the output is one sentence and no success", () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, [bin, "commands", "--json"], {
    encoding: "utf8",
    stdio: ["ignore", full, "pipe"],
  });
  closeSync(full);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "pps: The output cannot be written: ENOSPC: no space left on device, write.\n",
  });
});
