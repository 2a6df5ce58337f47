import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Files } from "../../src/hosts/secops/build/archive.ts";
import { buildSecops } from "../../src/hosts/secops/build/build.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { builtRules } from "./rules/built-rules.ts";
import { limitRules } from "./rules/limit-rules.ts";
import { buildOnce, type Pack, readPack, zipOf } from "./rules/pack.ts";
import { sourceRules } from "./rules/source-rules.ts";

let files: Files;
let pack: Pack;

beforeAll(async () => {
  files = await buildOnce();
  pack = readPack(files);
});

const rules = [...sourceRules, ...limitRules, ...builtRules];

test.each(rules)("$code: $says", ({ check }) => {
  expect(check(pack)).toEqual([]);
});

test.each(rules)("the check of $code complains where it is broken: $says", ({ check, spoil }) => {
  const spoilt = structuredClone(pack);
  spoil(spoilt);
  expect(check(spoilt)).not.toEqual([]);
});

test("the same source gives the same bytes", async () => {
  expect(await buildOnce()).toEqual(files);
});

test("what an earlier build left of the source tree is gone, and all that is new is written", async () => {
  const outDir = temporaryDirectory();
  const stray = join(outDir, "proofpoint_protection_server", "actions", "gone.py");
  mkdirSync(join(stray, ".."), { recursive: true });
  writeFileSync(stray, "");
  const written = await buildSecops(outDir);
  expect(existsSync(stray)).toBe(false);
  for (const [path, content] of Object.entries(written)) {
    expect(readFileSync(join(outDir, path)), path).toEqual(Buffer.from(content));
  }
});

test("the licences of all that others made of the program go with it", () => {
  const licences = String(files["cli.licences.txt"]);
  const { dependencies } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const joined = [...String(files["cli.mjs"]).matchAll(/node_modules\/([\w.-]+)\//g)].map(([, name = ""]) => name);
  expect(joined.length).toBeGreaterThan(3);
  for (const name of joined) expect(licences).toContain(`${name} ${dependencies[name] ?? ""}`);
  expect(licences.match(/permission/gi)?.length).toBeGreaterThanOrEqual(new Set(joined).size);
});

test("the zip is small", () => {
  expect(zipOf(files).length).toBeLessThan(200_000);
});

test("the seed's actions are there under their names", () => {
  expect(Object.values(pack.actions).map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      "Find Quarantined Messages",
      "Release Quarantined Message",
      "Delete Quarantined Message",
      "Add Sender to Blocklist",
      "Remove Sender from Blocklist",
      "Add Sender to Safelist",
      "Remove Sender from Safelist",
      "Get Message Trace",
      "Ping",
    ]),
  );
});
