import { beforeAll, describe, expect, test } from "vitest";
import type { Files } from "../../src/hosts/xsoar/build/build.ts";
import { buildOnce, packFolder, sourceYaml, textOf, treeOf, unifiedYaml } from "./rules/built.ts";
import { integrationRules } from "./rules/integration-rules.ts";
import { scriptRules } from "./rules/script-rules.ts";
import { shapeRules } from "./rules/shape-rules.ts";

let files: Files;

beforeAll(async () => {
  files = await buildOnce();
});

describe.each([
  ["the pack's", sourceYaml],
  ["the unified", unifiedYaml],
])("%s YAML keeps the rules of XSOAR's validators", (_, path) => {
  test.each([...shapeRules, ...integrationRules, ...scriptRules])("$code: $says", ({ check, spoil }) => {
    const yml = treeOf(files, path);
    expect(check(yml)).toEqual([]);
    spoil(yml);
    expect(check(yml)).not.toEqual([]);
  });
});

test("BA111: the pack's display says neither partner nor community", () => {
  expect(treeOf(files, sourceYaml).display).not.toMatch(/partner|community/i);
});

test("the unified file says in its name and its description that its maker is no vendor", () => {
  const { display, detaileddescription } = treeOf(files, unifiedYaml);
  expect(display).toBe("Proofpoint Protection Server (Community Contribution)");
  expect(detaileddescription).toMatch(/^### Community Contributed Integration\n/);
});

test("DS104, DS105: the pack's description is a file of its own and says nothing of who contributed it", () => {
  const description = textOf(files, sourceYaml.replace(".yml", "_description.md"));
  expect(description).toContain("role of type **API**");
  expect(description).toContain("com.proofpoint.admin.apigui.enable=t");
  expect(description).toMatch(/Quarantine.*pss.*enduser/s);
  expect(description).toContain("10000");
  expect(description).not.toMatch(/contribut/i);
  expect(treeOf(files, sourceYaml).detaileddescription).toBeUndefined();
  expect(treeOf(files, unifiedYaml).detaileddescription).toContain(description);
});

test("IM111, IM101: the picture is 120 by 50 pixels and small, in the pack as in the unified file", () => {
  const picture = files[sourceYaml.replace(".yml", "_image.png")] as Buffer;
  expect(picture.subarray(1, 4).toString()).toBe("PNG");
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([120, 50]);
  const { image } = treeOf(files, unifiedYaml);
  expect(image).toBe(`data:image/png;base64,${picture.toString("base64")}`);
  expect(((image.length - 22) * 3) / 4).toBeLessThanOrEqual(10_240);
});

test("the unified file holds the pack's script letter by letter, below the pack's version", () => {
  const script = textOf(files, sourceYaml.replace(".yml", ".js"));
  const { currentVersion } = JSON.parse(textOf(files, `${packFolder}/pack_metadata.json`));
  expect(treeOf(files, unifiedYaml).script.script).toBe(`// pack version: ${currentVersion}\n${script}`);
});

test("the script stands in the unified file as a literal block, so that it can be read and compared", () => {
  expect(textOf(files, unifiedYaml)).toMatch(/\n {2}script: \|/);
});

test("IN164: whoever upgrades from the public integration need not fill in anything new", () => {
  const { configuration } = treeOf(files, sourceYaml);
  const demanded = configuration.filter(({ required }: { required: boolean }) => required);
  expect(demanded.map(({ name }: { name: string }) => name)).toEqual(["url", "credentials"]);
});

test("BA108, BA109: folder and file names of the integration hold neither underscore nor hyphen", () => {
  const names = Object.keys(files).filter((path) => path.startsWith(`${packFolder}/Integrations/`));
  expect(names).toHaveLength(5);
  for (const path of names) {
    const base = path.replace(/_image\.png$|_description\.md$|\.yml$|\.js$|\/README\.md$/, "");
    expect(base.split("/").slice(2).join("/")).not.toMatch(/[_-]/);
  }
});
