import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Fault, type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { run } from "./terminal.ts";

// Longer than a label may be: refused before any name server is asked.
const noHost = `${"x".repeat(64)}.example`;
let simulator: Simulator;
let config: string;

// Told at once: how often a request is repeated is the client's own affair and tested there.
beforeAll(async () => {
  const limited = { username: "no-modules", password: "limited", modules: ["enduser" as const] };
  simulator = await startSimulator({ seed: "cli-faults", password: "s3cret-of-lab", accounts: [limited] });
  config = join(temporaryDirectory(), "config.yaml");
  const { api: url, username, password, caPath: ca } = simulator;
  const lab = { url, username, password, ca, retries: 0 };
  const profiles = {
    lab,
    limited: { ...lab, username: limited.username, password: limited.password },
    stranger: { ...lab, password: "wrong" },
    "no-ca": { ...lab, ca: undefined },
    dead: { ...lab, url: "https://127.0.0.1:1" },
    nowhere: { ...lab, url: `https://${noHost}:10000` },
    hurried: { ...lab, timeoutMs: 200 },
  };
  // JSON is YAML too.
  writeFileSync(config, JSON.stringify({ default: "lab", profiles }), { mode: 0o600 });
});
afterEach(() => simulator.reset());
afterAll(() => simulator.stop());

const list = ["quarantine", "list", "--sender", "*"];

test.each<[string, string, number, RegExp]>([
  ["a wrong password", "stranger", 3, /^pps: .*\nhint: /],
  ["a role without the module", "limited", 3, /Quarantine/],
  ["a certificate of an unknown authority", "no-ca", 7, /PPS_CA/],
  ["a dead port", "dead", 7, /refused the connection/],
  ["a name that does not exist", "nowhere", 7, new RegExp(noHost)],
])("%s ends a list with its code and a way out", async (_what, profile, exitCode, told) => {
  const result = await run([...list, "--config", config, "--profile", profile]);
  expect(result).toMatchObject({ exitCode, stdout: "" });
  expect(result.stderr).toMatch(told);
  expect(result.stderr).toContain("\nhint: ");
  expect(result.stderr).not.toContain("s3cret");
});

test.each<[string, Fault, number]>([
  ["a 401 page in HTML", { kind: "status", status: 401 }, 3],
  ["a 503", { kind: "status", status: 503 }, 6],
  ["a 429", { kind: "status", status: 429, retryAfter: "7" }, 6],
  ["a login page with 200", { kind: "html" }, 8],
  ["half a JSON answer", { kind: "truncated-json" }, 8],
  ["a cut body", { kind: "cut-body" }, 7],
  ["a reset connection", { kind: "reset" }, 7],
])("%s is an error and never an empty list", async (_what, fault, exitCode) => {
  simulator.faults.add(fault);
  for (const form of [[], ["--json"], ["--csv"]]) {
    const result = await run([...list, "--config", config, ...form]);
    expect(result).toMatchObject({ exitCode, stdout: "" });
    expect(result.stderr).not.toMatch(/<html|<body/i);
  }
});

test("a stalled server is given up after the timeout", async () => {
  simulator.faults.add({ kind: "latency", milliseconds: 3_600_000 });
  const result = await run([...list, "--config", config, "--profile", "hurried"]);
  expect(result).toMatchObject({ exitCode: 7, stdout: "" });
});

test("an unchecked certificate is warned of, and the work goes on", async () => {
  const result = await run(["ping", "--config", config, "--profile", "no-ca", "--insecure"]);
  expect(result.exitCode).toBe(0);
  expect(result.stderr).toMatch(/^warning: .*certificate/);
});

test("an unknown profile is refused with the known ones at hand", async () => {
  const result = await run(["ping", "--config", config, "--profile", "labb"]);
  expect(result).toMatchObject({ exitCode: 2, stdout: "" });
  expect(result.stderr).toContain("Did you mean lab?");
});
