import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { request } from "undici";
import { expect, onTestFinished, test } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { environmentOf, run } from "../cli/terminal.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

async function openGateway(): Promise<Simulator> {
  const simulator = await startSimulator({ seed: "serve" });
  onTestFinished(simulator.stop);
  return simulator;
}

/** Runs `pps serve` until it is ready, lets the work happen, and ends it by Ctrl-C. */
async function whileServing(
  args: readonly string[],
  env: Record<string, string>,
  work: (ready: { url: string; profiles: string[]; certificate?: string }) => Promise<void>,
) {
  const interruption = new AbortController();
  const state = temporaryDirectory();
  let failure: unknown;
  const result = await run(["serve", "--port", "0", "--state", state, "--json", ...args], {
    env,
    interrupted: interruption.signal,
    onOutput: (text) => {
      work(JSON.parse(text))
        .catch((error) => {
          failure = error;
        })
        .finally(() => interruption.abort());
    },
  });
  if (failure !== undefined) throw failure;
  return result;
}

const local = ["--anonymous", "--http"];

test("it says in one line where it is, serves, and ends in good order", async () => {
  const simulator = await openGateway();
  const result = await whileServing(local, environmentOf(simulator), async ({ url, profiles }) => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(profiles).toEqual(["default"]);
    const { statusCode, body } = await request(`${url}/v1/system/ping`);
    expect(statusCode).toBe(200);
    expect(await body.json()).toMatchObject({ connected: true });
  });
  expect(result.exitCode).toBe(0);
});

test("all profiles of the configuration are served, its default first, and the environment leads none of them astray", async () => {
  const simulator = await openGateway();
  const home = temporaryDirectory();
  const folder = join(home, ".config", "proofpoint-ps");
  mkdirSync(folder, { recursive: true });
  const profile = (password: string) => ({
    url: simulator.api,
    username: simulator.username,
    password,
    ca: simulator.caPath,
  });
  const profiles = { wrong: profile("wrong"), right: profile(simulator.password) };
  writeFileSync(join(folder, "config.yaml"), JSON.stringify({ default: "right", profiles }), { mode: 0o600 });
  const env = { HOME: home, PPS_PASSWORD: "from the environment" };
  await whileServing(local, env, async ({ url, profiles: names }) => {
    expect(names).toEqual(["right", "wrong"]);
    const ping = async (headers: Record<string, string>) =>
      (await request(`${url}/v1/system/ping`, { headers })).statusCode;
    expect(await ping({})).toBe(200);
    expect(await ping({ "pps-profile": "wrong" })).toBe(502);
  });
  await whileServing([...local, "--profile", "wrong", "--profile", "right"], env, async ({ profiles: names }) => {
    expect(names).toEqual(["wrong", "right"]);
  });
});

test.each([
  [["--tls-cert", "x.pem"], "--tls-cert and --tls-key belong together."],
  [["--tls-cert", "x.pem", "--tls-key", "x.key"], "x.pem cannot be read (ENOENT)."],
  [["--http", "--tls-cert", "x.pem", "--tls-key", "x.key"], "--http and --tls-cert contradict each other."],
  [["--host", "0.0.0.0", "--anonymous"], "Without tokens the server listens on a loopback address only"],
  [["--host", "192.0.2.1"], "The server cannot listen on 192.0.2.1 port 0 (EADDRNOTAVAIL)."],
  [["--port", "65536"], "It takes a whole number from 0 to 65535."],
  [["--rate", "0"], "It takes a whole number from 1 to 1000000."],
])("%s is refused in a sentence, with code 2", async (args, sentence) => {
  const env = { PPS_URL: "https://pps.example.com", PPS_USERNAME: "api", PPS_PASSWORD: "x" };
  const state = temporaryDirectory();
  const { exitCode, stderr, stdout } = await run(["serve", "--port", "0", "--state", state, ...args], { env });
  expect(stderr).toContain(sentence);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
});

test("the panel for people shows what callers must be given, and the log what is not safe", async () => {
  const interruption = new AbortController();
  const env = { PPS_URL: "https://pps.example.com", PPS_USERNAME: "api", PPS_PASSWORD: "x" };
  const state = temporaryDirectory();
  const { stdout, stderr, exitCode } = await run(["serve", "--port", "0", "--state", state, "--insecure"], {
    env,
    interrupted: interruption.signal,
    onOutput: () => interruption.abort(),
  });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("PPS      default (https://pps.example.com)");
  expect(stdout).toContain(`Trust    ${state}/tls/server.pem, made just now: callers must be given it`);
  const warned = stderr.split("\n").find((line) => line.includes('"warn"')) ?? "{}";
  expect(JSON.parse(warned)).toMatchObject({ profile: "default", msg: expect.stringContaining("is not checked") });
  expect(stdout).toMatch(/SHA-256 {2}([0-9A-F]{2}:){31}[0-9A-F]{2}/);
});
