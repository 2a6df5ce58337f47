import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createTokenStore, type TokenFacts } from "../../src/hosts/server/access/token-store.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { run } from "./terminal.ts";

function newState() {
  const state = join(temporaryDirectory(), "state");
  return { state, file: join(state, "tokens.json") };
}

test("create prints the token and nothing else on stdout, and what it may do on stderr", async () => {
  const { state, file } = newState();
  const line = ["tokens", "create", "soar", "--scope", "change,read", "--profile", "lab", "--state", state];
  const { exitCode, stdout, stderr } = await run(line);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^pps_[\w-]{43}\n$/);
  expect(stderr).toMatch(/^Token [0-9a-f]{8} of soar: read, change on the profiles lab\. It is shown this once\.\n$/);
  const holder = createTokenStore(file).authenticate(`Bearer ${stdout.trim()}`);
  expect(holder).toMatchObject({ name: "soar", scopes: ["read", "change"], profiles: ["lab"] });
  expect(statSync(state).mode & 0o777).toBe(0o700);
  expect((await run([...line.slice(0, 2), "quiet", ...line.slice(3), "--quiet"])).stderr).toBe("");
});

test("a profile named before the command binds the token too", async () => {
  const { state, file } = newState();
  const { stdout } = await run(["--profile", "lab", "tokens", "create", "soar", "--scope", "read", "--state", state]);
  expect(createTokenStore(file).authenticate(`Bearer ${stdout.trim()}`)?.profiles).toEqual(["lab"]);
});

test("list shows every token but never the token or its hash, as a table and as JSON", async () => {
  const { state, file } = newState();
  const empty = await run(["tokens", "list", "--state", state]);
  expect(empty).toEqual({ exitCode: 0, stdout: "", stderr: "There are no tokens. Make one with pps tokens create.\n" });
  expect(existsSync(state)).toBe(false);
  const made = await run(["tokens", "create", "soar", "--scope", "read", "--json", "--state", state]);
  const { token, id } = JSON.parse(made.stdout) as { token: string; id: string };
  createTokenStore(file).authenticate(`Bearer ${token}`);
  const table = await run(["tokens", "list", "--state", state]);
  const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`;
  expect(table.stdout).toMatch(new RegExp(`^soar  ${id}  valid  read    \\*         ${time}  ${time}$`, "m"));
  const json = await run(["tokens", "list", "--json", "--state", state]);
  expect(JSON.parse(json.stdout)).toMatchObject({ tokens: [{ name: "soar", id, state: "valid", revoked: null }] });
  const { sha256 } = JSON.parse(readFileSync(file, "utf8")).tokens[0];
  for (const { stdout, stderr } of [table, json]) {
    expect(stdout + stderr).not.toContain(token.slice(4));
    expect(stdout + stderr).not.toContain(sha256);
  }
});

test("a token is rotated without a gap: the second works, then the first is revoked by its id", async () => {
  const { state, file } = newState();
  const first = (await run(["tokens", "create", "soar", "--scope", "read", "--state", state])).stdout.trim();
  const second = (await run(["tokens", "create", "soar", "--rotate", "--state", state])).stdout.trim();
  const store = createTokenStore(file);
  const valid = () => [first, second].map((token) => store.authenticate(`Bearer ${token}`) !== undefined);
  expect(valid()).toEqual([true, true]);
  const { id } = store.list()[0] as TokenFacts;
  const revoked = await run(["tokens", "revoke", "soar", "--id", id, "--state", state]);
  expect(revoked).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`${id}  revoked`) });
  expect(valid()).toEqual([false, true]);
  expect(await run(["tokens", "revoke", "soar", "--state", state])).toMatchObject({ exitCode: 0 });
  expect(valid()).toEqual([false, false]);
});

test.each([
  ["no scope", ["create", "soar"], 2, "A token needs a scope."],
  ["a scope that is none", ["create", "soar", "--scope", "admin"], 2, '"admin" is no scope.'],
  ["a name that is none", ["create", "so ar", "--scope", "read"], 2, '"so ar" is no name for a token.'],
  [
    "other rights for a second token",
    ["create", "soar", "--rotate", "--scope", "read"],
    2,
    "--rotate keeps the rights",
  ],
  ["a second token without a first", ["create", "soar", "--rotate"], 4, "no valid token of the name soar"],
  ["revoking what is not there", ["revoke", "soar"], 4, "no valid token of the name soar"],
])("%s is refused in one sentence", async (_what, args, exitCode, sentence) => {
  const { state, file } = newState();
  mkdirSync(state);
  const result = await run(["tokens", ...args, "--state", state]);
  expect(result).toMatchObject({ exitCode, stdout: "", stderr: expect.stringContaining(sentence) });
  expect(existsSync(file)).toBe(false);
});

test("a damaged token file is named, and left as it is", async () => {
  const { state, file } = newState();
  await run(["tokens", "create", "soar", "--scope", "read", "--state", state]);
  writeFileSync(file, "{}");
  for (const args of [["list"], ["revoke", "soar"], ["create", "other", "--scope", "read"]]) {
    const { exitCode, stderr } = await run(["tokens", ...args, "--state", state]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`pps: The token file ${file} cannot be used: it has no list of tokens of version 1.\n`);
  }
  expect(readFileSync(file, "utf8")).toBe("{}");
});

test("a state directory that is not there is no server's, and is not made by revoking", async () => {
  const { state, file } = newState();
  const { exitCode, stderr } = await run(["tokens", "revoke", "soar", "--state", state]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`pps: The token file ${file} cannot be written (ENOENT).\n`);
  expect(existsSync(state)).toBe(false);
});

test("tokens made by several processes at once are all there", async () => {
  const { state, file } = newState();
  const program = fileURLToPath(new URL("../../bin/pps.js", import.meta.url));
  const names = ["one", "two", "three", "four"];
  const codes = names.map(async (name) => {
    const args = [program, "tokens", "create", name, "--scope", "read", "--state", state];
    const [code] = await once(spawn(process.execPath, args, { stdio: "ignore" }), "exit");
    return code;
  });
  expect(await Promise.all(codes)).toEqual([0, 0, 0, 0]);
  const kept = createTokenStore(file).list();
  expect(kept.map(({ name }) => name).sort()).toEqual([...names].sort());
});
