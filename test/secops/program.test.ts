import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bundleProgram } from "../../src/hosts/secops/build/program-bundle.ts";
import { readSettings } from "../../src/hosts/secops/program/settings.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const cli = fileURLToPath(new URL("../../src/hosts/secops/program/cli.ts", import.meta.url));

const request = {
  version: 1,
  requestId: "0b8f5a3c-6f0e-4a6d-9c1a-2f6f0f1f2f3f",
  package: { identifier: "TestPackage", version: "1.0" },
  action: "Ping",
  parameters: {},
  config: { "Api Root": "https://pps.example.com:10000", Username: "api", Password: "a-password" },
  entities: [],
  context: { budgetMs: 10_000 },
};

function runCli(input: string, settings?: unknown, path = cli) {
  const file = join(temporaryDirectory(), "settings.json");
  if (settings !== undefined) writeFileSync(file, typeof settings === "string" ? settings : JSON.stringify(settings));
  const env = { PATH: process.env.PATH, ...(settings === undefined ? {} : { PPS_SECOPS_SETTINGS: file }) };
  const { status, stdout, stderr } = spawnSync(process.execPath, [path], { input, encoding: "utf8", env });
  return { status, stderr, answer: JSON.parse(stdout) };
}

test.each([
  ["nothing", "", { error: "bad_request", message: "The request is no JSON that can be read." }],
  ["another version", JSON.stringify({ ...request, version: 2 }), { error: "unsupported_version", supported: [1] }],
  [
    "more than 1 MiB",
    `"${"x".repeat(2 ** 20)}"`,
    { error: "bad_request", message: "The request is larger than 1 MiB." },
  ],
])("%s in standard input is not begun, and ends with code 2", (_what, input, refusal) => {
  expect(runCli(input)).toEqual({ status: 2, stderr: "", answer: refusal });
});

test("an address that the owner of the machine does not allow is not called", () => {
  const { status, answer } = runCli(JSON.stringify(request), { apiRoots: ["https://other.example.com:10000"] });
  expect(status).toBe(0);
  expect(answer).toMatchObject({ version: 1, requestId: request.requestId, state: "failed", result: false });
  expect(answer.message).toContain("https://pps.example.com:10000");
  expect(JSON.stringify(answer)).not.toContain("a-password");
});

test.each([
  ["no JSON", "{", /cannot be read: .*JSON/],
  ["a list", "[]", /holds no JSON object\.$/],
  [
    "a name that is not known",
    { allow: [] },
    /knows no allow; it takes apiRoots, neverBlock, ca, forbidsUnverified, feedHosts\.$/,
  ],
  ["text for a list", { apiRoots: "https://pps.example.com:10000" }, /needs a list of texts as apiRoots\.$/],
  ["numbers in a list", { neverBlock: [1] }, /needs a list of texts as neverBlock\.$/],
  ["text for a switch", { forbidsUnverified: "true" }, /needs a true or false as forbidsUnverified\.$/],
  [
    "an address with a path",
    { apiRoots: ["https://pps.example.com/rest"] },
    /names https:\/\/pps\.example\.com\/rest, which is no origin/,
  ],
  ["a host alone", { apiRoots: ["pps.example.com"] }, /names pps\.example\.com, which is no origin/],
])("settings with %s begin nothing, and say what is wrong", (_what, settings, complaint) => {
  const { status, answer } = runCli(JSON.stringify(request), settings);
  expect({ status, error: answer.error }).toEqual({ status: 2, error: "bad_settings" });
  expect(answer.message).toMatch(/^PPS_SECOPS_SETTINGS: the file \//);
  expect(answer.message).toMatch(complaint);
});

test("a settings file that is not there begins nothing", () => {
  expect(() => readSettings({ PPS_SECOPS_SETTINGS: "/nowhere/settings.json" })).toThrow("ENOENT");
});

test("settings are taken as they stand, and without a file everything may be called", () => {
  const path = join(temporaryDirectory(), "settings.json");
  const settings = {
    apiRoots: ["https://PPS.example.com:443/"],
    neverBlock: ["example.com"],
    ca: "/ca.pem",
    forbidsUnverified: true,
    feedHosts: ["feeds.example.com"],
  };
  writeFileSync(path, JSON.stringify(settings));
  const read = readSettings({ PPS_SECOPS_SETTINGS: path });
  expect(read).toMatchObject({
    apiRoots: ["https://pps.example.com"],
    neverBlock: ["example.com"],
    forbidsUnverified: true,
  });
  expect(read.optionsOf?.("https://pps.example.com")).toEqual({
    ca: "/ca.pem",
    feedHosts: ["feeds.example.com"],
  });
  expect(readSettings({})).toEqual({ apiRoots: undefined, neverBlock: [], forbidsUnverified: false });
});

test("the program in one file runs alone, and is the same each time it is made", async () => {
  const [bundle, again] = [await bundleProgram(), await bundleProgram()];
  expect(again).toBe(bundle);
  expect(bundle).not.toMatch(/node_modules\/\.|file:\/\//);
  const path = join(temporaryDirectory(), "cli.mjs");
  writeFileSync(path, bundle);
  expect(runCli("{}", undefined, path)).toMatchObject({
    status: 2,
    stderr: "",
    answer: { error: "unsupported_version" },
  });
  const unreachable = { ...request, config: { ...request.config, "Api Root": "https://127.0.0.1:1" } };
  const { status, answer } = runCli(JSON.stringify(unreachable), undefined, path);
  expect(status).toBe(0);
  expect(answer).toMatchObject({ state: "failed", message: expect.stringMatching(/127\.0\.0\.1/) });
});
