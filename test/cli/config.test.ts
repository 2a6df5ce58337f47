import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../temporary-directory.ts";
import { run } from "./terminal.ts";

function configFile(text: string): string {
  const path = join(temporaryDirectory(), "config.yaml");
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const twoClusters = `
default: north
profiles:
  north: { url: "https://north.example:10000", username: api-user, password: hunter2-north }
  south: { url: "https://south.example", username: api-user, passwordFile: south.txt, timeoutMs: 5000 }
`;

test("init writes a file that its owner alone can read, and check takes it once there is a password", async () => {
  const cwd = temporaryDirectory();
  const init = await run(["config", "init", "--url", "https://pps.example.com:10000", "--profile", "lab"], { cwd });
  const path = join(cwd, ".config", "proofpoint-ps", "config.yaml");
  expect(init).toMatchObject({ exitCode: 0, stdout: `${path}\n` });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const early = await run(["config", "check"], { cwd });
  expect(early.exitCode).toBe(2);
  expect(early.stdout).toMatch(/^lab +bad +The password file .*password\.txt cannot be read \(ENOENT\)\./m);
  writeFileSync(join(cwd, ".config", "proofpoint-ps", "password.txt"), "hunter2-lab\n", { mode: 0o600 });
  const check = await run(["config", "check"], { cwd });
  expect(check).toMatchObject({
    exitCode: 0,
    stdout: "profile  state  message\nlab      ok     https://pps.example.com:10000\n",
  });
});

test("what init suggests for lists and the cloud API can be taken as it stands", async () => {
  const cwd = temporaryDirectory();
  const path = join(cwd, "config.yaml");
  await run(["config", "init", "--config", path], { cwd });
  const suggested = readFileSync(path, "utf8").replace(/^( +)# ((?:ownDomains|cloud\w+): )/gm, "$1$2");
  writeFileSync(path, suggested);
  writeFileSync(join(cwd, "password.txt"), "hunter2-lab\n");
  const early = await run(["config", "check", "--config", path], { cwd });
  expect(early.stdout).toMatch(/bad +The client secret file .*client-secret\.txt cannot be read \(ENOENT\)\./);
  writeFileSync(join(cwd, "client-secret.txt"), "hunter2-cloud\n");
  expect(await run(["config", "check", "--config", path], { cwd })).toMatchObject({ exitCode: 0 });
  const { stdout } = await run(["config", "show", "--config", path], { cwd });
  expect(stdout).toMatch(/^ownDomains +example\.com, \*\.example\.com +profile default$/m);
  expect(stdout).toMatch(/^cloudTokenUrl +https:\/\/auth\.proofpoint\.com\/v1\/token +default$/m);
});

test("init leaves an existing file alone", async () => {
  const path = configFile("profiles: {}\n");
  const { exitCode, stderr } = await run(["config", "init", "--config", path]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`${path} is there already.`);
  expect(readFileSync(path, "utf8")).toBe("profiles: {}\n");
});

test("show tells every setting and its source, and never the password", async () => {
  const path = configFile(twoClusters);
  const env = { PPS_CONFIG: path, PPS_TIMEOUT_MS: "9000" };
  const { exitCode, stdout, stderr } = await run(["config", "show", "--username", "other"], { env });
  expect(exitCode).toBe(0);
  expect(stderr).toBe(`configuration file: ${path}\nprofile: north\n`);
  expect(stdout).toMatch(/^url +https:\/\/north\.example:10000 +profile north$/m);
  expect(stdout).toMatch(/^username +other +given$/m);
  expect(stdout).toMatch(/^timeoutMs +9000 +environment PPS_TIMEOUT_MS$/m);
  expect(stdout).toMatch(/^password +\(set\) +profile north$/m);
  const json = await run(["config", "show", "--json", "--profile", "south"], { env });
  expect(JSON.parse(json.stdout)).toMatchObject({ configPath: path, profile: "south" });
  expect(stdout + stderr + json.stdout).not.toContain("hunter2");
});

test("check finds a key that is not known and says what was meant", async () => {
  const path = configFile("profiles:\n  lab:\n    url: https://pps.example.com\n    usernam: api-user\n");
  const { exitCode, stdout, stderr } = await run(["config", "check", "--config", path]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain("line 4");
  expect(stderr).toContain("did you mean username?");
});

test("check reports each profile that cannot work", async () => {
  const path = configFile("profiles:\n  lab: { url: 'https://pps.example.com', username: a }\n");
  const { exitCode, stdout } = await run(["config", "check", "--json", "--config", path]);
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ profiles: [{ profile: "lab", state: "bad" }] });
});

test.skipIf(process.platform === "win32")("check warns of a password that other users can read", async () => {
  const path = configFile(twoClusters);
  chmodSync(path, 0o644);
  const { stderr } = await run(["config", "check", "--config", path]);
  expect(stderr).toContain(`chmod 600 ${path}`);
});

test("check without a file says how to get one", async () => {
  const { exitCode, stderr } = await run(["config", "check"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Write one with pps config init.");
});
