import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { writeActionPages, writeActionTable } from "../../src/hosts/secops/build/action-pages.ts";
import { packageReadme, warnings } from "../../src/hosts/secops/build/package-readme.ts";
import { writePlaybookTable } from "../../src/hosts/secops/build/playbooks/playbook-table.ts";
import { secopsActions } from "../../src/hosts/secops/catalogue/actions.ts";
import { configurationParameters } from "../../src/hosts/secops/catalogue/configuration.ts";
import { works } from "../../src/hosts/secops/handler/actions/performers.ts";
import { commandNamed } from "../../src/hosts/secops/handler/run.ts";
import { missingScopes } from "../../src/hosts/server/access/holder.ts";

// `vitest run test/secops/package-docs.test.ts --update` writes the made parts anew, after a look at what changed.
const root = fileURLToPath(new URL("../../", import.meta.url));
const docs = join(root, "docs/");
const guide = readFileSync(`${docs}secops.md`, "utf8");

function withPart(text: string, name: string, part: string): string {
  return text.replace(new RegExp(`(?<=<!-- ${name} -->\n)[\\s\\S]*?(?=<!-- end -->)`), () => part);
}

const table = writeActionTable("secops-actions.md");

test("docs/secops-actions.md is made from the catalogue and the examples", async () => {
  await expect(writeActionPages()).toMatchFileSnapshot(`${docs}secops-actions.md`);
});

test("docs/secops.md says of the package what the package says, and names every action", async () => {
  const parts = { warnings, actions: table, playbooks: writePlaybookTable() };
  let made = guide;
  for (const [name, part] of Object.entries(parts)) {
    made = withPart(made, name, part);
    expect(made).toContain(part);
  }
  await expect(made).toMatchFileSnapshot(`${docs}secops.md`);
});

test("docs/secops.md names every parameter of the configuration and how it starts", () => {
  for (const { name, defaultValue } of configurationParameters) {
    expect(guide).toContain(name);
    if (typeof defaultValue === "string") expect(guide).toContain(`\`${defaultValue}\``);
  }
});

test("docs/secops.md tells which scopes the token needs for each action", () => {
  const nobody = { name: "nobody", scopes: [], profiles: [] };
  const told = new Map(
    [...guide.matchAll(/^\| ((?:`[a-z]+`(?:, )?)+) \| (.*?) \|$/gm)].flatMap(([, scopes = "", names = ""]) =>
      names.split(", ").map((name) => [name, [...scopes.matchAll(/[a-z]+/g)].map(String).sort()] as const),
    ),
  );
  for (const { name } of secopsActions) {
    const needed = works[name]?.commands.flatMap((command) => missingScopes(nobody, commandNamed(command))) ?? [];
    expect(told.get(name), name).toEqual([...new Set(needed)].sort());
  }
});

test("the messages that docs/secops.md explains are there", () => {
  const sources = globSync("src/{commands,hosts/secops/{handler,python}}/**/*.{ts,py}", { cwd: root }).map((path) =>
    readFileSync(join(root, path), "utf8"),
  );
  const explained = [...guide.slice(guide.indexOf("## 10.")).matchAll(/^\| `(.*?)` \|/gm)].map(([, text = ""]) => text);
  expect(explained.length).toBeGreaterThan(5);
  for (const text of explained) {
    // The bridge puts the status in.
    const said = text.replace(/\d+$/, "");
    expect(
      sources.some((source) => source.includes(said)),
      text,
    ).toBe(true);
  }
});

// What must be said wherever the package goes (secops-platform.md 1.9).
test.each([
  ["who decides, and how much Python there is", /only Python, so up to \d+ lines of it/],
  ["that the zip alone does nothing", /zip alone does nothing/],
  ["that it was never imported", /never been imported into a Google SecOps tenant/],
  ["that the public SDK differs", /differs from the one in production/],
  ["who sees which credential", /Who sees which credential/],
  ["what Verify SSL covers", /`Verify SSL` is about the way from the action server to PPS and no other/],
  ["what the organisation's lists need", /lists need Proofpoint's cloud API/],
  ["which modules are needed", /`enduser`[\s\S]*`pss`/],
  ["that delivery is not confirmed", /accepted by PPS; delivery is not confirmed/],
  ["that a deletion is final", /cannot be undone/],
  ["that mailboxes are out of reach", /already in mailboxes is out of reach/],
  ["the limits", /1,000 records[\s\S]*3\.5 MiB[\s\S]*15 MiB/],
  ["what there is of playbooks", /Playbooks come disabled and were never run in a tenant/],
  ["whose it is not", /Neither Google nor Proofpoint made or endorsed it/],
])("README and guide tell %s", (_what, pattern) => {
  expect(packageReadme).toMatch(pattern);
  expect(guide).toMatch(pattern);
});
