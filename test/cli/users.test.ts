import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { environmentOf, type RunOptions, run } from "./terminal.ts";

const ann = "ann@example.com";
const cwd = temporaryDirectory();
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ seed: "cli-users" });
});
afterEach(() => simulator.reset());
afterAll(() => simulator.stop());

function users(words: readonly string[], options: RunOptions = {}) {
  return run(["users", ...words], { env: environmentOf(simulator), cwd, ...options });
}

test("a user is created, shown, changed and deleted", async () => {
  const created = await users(["create", ann, "--first-name", "Ann", "--aliases", "a.smith@example.com", "--json"]);
  expect(created).toMatchObject({ exitCode: 0, stderr: "" });
  expect(JSON.parse(created.stdout)).toMatchObject({ email: ann, firstName: "Ann" });
  writeFileSync(join(cwd, "attributes.json"), '{"language": "de"}');
  const changed = await users(["modify", ann, "--last-name", "Jones", "--attributes", "@attributes.json"]);
  expect(changed).toMatchObject({ exitCode: 0, stderr: "" });
  expect(changed.stdout).toMatch(/^lastName +Jones$/m);
  const shown = await users(["get", "a.smith@example.com", "--json"]);
  expect(JSON.parse(shown.stdout)).toMatchObject({ email: ann, lastName: "Jones", attributes: { language: "de" } });
  const deleted = await users(["delete", ann, "--yes"]);
  expect(deleted).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^deleted +true$/m) });
  expect(await users(["get", ann])).toMatchObject({ exitCode: 4, stdout: "" });
});

test("a user who exists is refused with code 5 and stays as it was", async () => {
  await users(["create", ann, "--first-name", "Ann"]);
  const { exitCode, stdout, stderr } = await users(["create", ann, "--first-name", "Eve"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 5, stdout: "" });
  expect(stderr).toContain("already exists");
  expect((await users(["get", ann])).stdout).toMatch(/^firstName +Ann$/m);
});

test("deleting is asked about, and no leaves the user", async () => {
  await users(["create", ann]);
  const { exitCode, stderr } = await users(["delete", ann], { columns: 80, typed: "n\n" });
  expect(exitCode).toBe(130);
  expect(stderr).toContain(`Delete User: EMAIL ${ann}. Go ahead? [y/N] `);
  expect((await users(["get", ann])).exitCode).toBe(0);
});

test("neither an address nor a uid is refused before anything is sent", async () => {
  const { exitCode, stderr } = await users(["get"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Please specify an email or uid: EMAIL or --uid.");
});

test("a dry run shows the request, with the secrets in it masked", async () => {
  const fields = '{"firstname": "Ann", "password": "hunter2"}';
  const { exitCode, stdout, stderr } = await users(["create", ann, "--fields", fields, "--dry-run"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("POST");
  expect(stdout).toContain("firstname");
  expect(stdout + stderr).not.toContain("hunter2");
  expect((await users(["get", ann])).exitCode).toBe(4);
});
