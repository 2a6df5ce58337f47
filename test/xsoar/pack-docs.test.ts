import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { examples } from "../../src/hosts/xsoar/build/examples.ts";
import { writeIntegrationReadme } from "../../src/hosts/xsoar/build/integration-readme.ts";
import { playbooks } from "../../src/hosts/xsoar/build/playbooks/playbooks.ts";
import { brand } from "../../src/hosts/xsoar/integration/brand.ts";
import { xsoarCommands } from "../../src/hosts/xsoar/integration/commands.ts";
import { parameters } from "../../src/hosts/xsoar/integration/parameters.ts";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));
const guide = readFileSync(`${docs}xsoar.md`, "utf8");

test("docs/xsoar-commands.md is what the pack's README says of the commands", async () => {
  const text = `# The commands of the XSOAR integration\n\n${writeIntegrationReadme()}`;
  await expect(text).toMatchFileSnapshot(`${docs}xsoar-commands.md`);
});

test("docs/xsoar.md names every command, parameter and playbook, and the brand", () => {
  for (const { name } of xsoarCommands) expect(guide).toContain(`\`${name}\``);
  for (const { display } of parameters) expect(guide).toContain(display);
  for (const { name } of playbooks) expect(guide).toContain(name);
  expect(guide).toContain(`\`${brand.id}\``);
});

test("every example that docs/xsoar.md shows was run, and came out as it says", () => {
  const recorded = Object.values(examples).flat();
  const shown = [...guide.matchAll(/```\n(!proofpoint[^\n]*)\n\n([\s\S]*?)\n```/g)];
  expect(shown.length).toBeGreaterThan(5);
  for (const [, line, output] of shown) {
    expect(recorded.find((example) => example.line === line)).toMatchObject({ line, shown: output });
  }
});
