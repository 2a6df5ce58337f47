import { strFromU8, unzipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import type { Files } from "../../src/hosts/xsoar/build/build.ts";
import { buildOnce, packFolder, sourceYaml, textOf, treeOf, unifiedYaml } from "./rules/built.ts";
import type { Rule, Tree } from "./rules/rule.ts";
import { must, unless } from "./rules/rule.ts";

let files: Files;

beforeAll(async () => {
  files = await buildOnce();
});

const mandatory = [
  ...["name", "description", "support", "currentVersion", "author", "url", "categories", "tags", "useCases"],
  ...["keywords", "marketplaces", "created"],
];

const rules: readonly Rule<Tree>[] = [
  {
    code: "PA107",
    says: "every field that is asked for is there",
    check: (pack) => unless(mandatory, (key) => pack[key] !== undefined, String),
    spoil: (pack) => {
      delete pack.author;
    },
  },
  {
    code: "PA115",
    says: "the day of its making is an ISO time",
    check: ({ created }) => must(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(created), "created"),
    spoil: (pack) => {
      pack.created = "21 Nov 2026";
    },
  },
  {
    code: "PA125",
    says: "the name is capital, and says nothing that every pack is",
    check: ({ name }) =>
      must(/^[A-Z].{2,}/.test(name) && !/pack|playbook|integration|script|partner|community/i.test(name), "name"),
    spoil: (pack) => {
      pack.name = "proofpoint pack";
    },
  },
  {
    code: "PA103",
    says: "categories are approved ones",
    check: ({ categories }) =>
      unless(categories as string[], (it) => ["Email", "Network Security"].includes(it), String),
    spoil: (pack) => {
      pack.categories.push("Mail");
    },
  },
  {
    code: "PA119",
    says: "use cases are approved ones",
    check: ({ useCases }) =>
      unless(useCases as string[], (it) => ["Phishing", "Incident Response"].includes(it), String),
    spoil: (pack) => {
      pack.useCases.push("Mail");
    },
  },
  {
    code: "PA120",
    says: "tags are approved ones",
    check: ({ tags }) => unless(tags as string[], (it) => ["Email", "Security", "Use Case"].includes(it), String),
    spoil: (pack) => {
      pack.tags.push("Mail");
    },
  },
  {
    code: "PA111",
    says: "no list holds an empty text",
    check: (pack) =>
      unless(["categories", "tags", "useCases", "keywords", "marketplaces"], (key) => !pack[key].includes(""), String),
    spoil: (pack) => {
      pack.keywords.push("");
    },
  },
  {
    code: "PA113",
    says: "a pack that somebody supports says how to reach them",
    check: ({ support, url, email }) => must(!["partner", "developer"].includes(support) || url || email, "support"),
    spoil: (pack) => {
      pack.support = "developer";
    },
  },
  {
    code: "PA127",
    says: "an address at GitHub leads to the issues",
    check: ({ url }) => must(!/github\.com/.test(url) || /\/issues$/.test(url), "url"),
    spoil: (pack) => {
      pack.url = "https://github.com/example/pps";
    },
  },
  {
    code: "support",
    says: "the support level is a known one, and the version has three parts",
    check: ({ support, currentVersion }) =>
      must(/^(xsoar|partner|developer|community)$/.test(support) && /^\d+\.\d+\.\d+$/.test(currentVersion), "support"),
    spoil: (pack) => {
      pack.currentVersion = "1.0";
    },
  },
];

test.each(rules)("$code: $says", ({ check, spoil }) => {
  const pack = JSON.parse(textOf(files, `${packFolder}/pack_metadata.json`));
  expect(check(pack)).toEqual([]);
  spoil(pack);
  expect(check(pack)).not.toEqual([]);
});

test("PA123: a pack tagged as a use case has a playbook", () => {
  const { tags } = JSON.parse(textOf(files, `${packFolder}/pack_metadata.json`));
  expect(tags).toContain("Use Case");
  expect(Object.keys(files).filter((path) => /\/Playbooks\/.*\.yml$/.test(path)).length).toBeGreaterThan(0);
});

test("PA128: the files are there that every pack has", () => {
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(
      [".secrets-ignore", ".pack-ignore", "README.md", "pack_metadata.json"].map((name) => `${packFolder}/${name}`),
    ),
  );
});

test("RN108: a first version has no release notes", () => {
  expect(Object.keys(files).filter((path) => path.includes("ReleaseNotes"))).toEqual([]);
});

test("neither the pack nor the integration bears a name that the released ones have", () => {
  const { name } = JSON.parse(textOf(files, `${packFolder}/pack_metadata.json`));
  const { name: brand } = treeOf(files, sourceYaml);
  expect(["Proofpoint Protection Server", "Proofpoint Server Protection"]).not.toContain(name);
  expect(["Proofpoint Protection Server v2", "Proofpoint Server Protection"]).not.toContain(brand);
});

test("the zip holds what the server installs, each as it stands in the pack", () => {
  const zipped = unzipSync(files[`${packFolder}.zip`] as Buffer);
  const playbooks = Object.keys(files).filter((path) => /\/Playbooks\/[^/]*\.yml$/.test(path));
  expect(Object.keys(zipped).sort()).toEqual(
    [
      "metadata.json",
      "pack_metadata.json",
      "README.md",
      `Integrations/integration-${packFolder}.yml`,
      ...playbooks.map((path) => path.replace(`${packFolder}/`, "")),
    ].sort(),
  );
  expect(strFromU8(zipped[`Integrations/integration-${packFolder}.yml`] as Uint8Array)).toBe(
    textOf(files, unifiedYaml),
  );
  for (const path of [...playbooks, `${packFolder}/README.md`, `${packFolder}/pack_metadata.json`]) {
    const content = zipped[path.replace(`${packFolder}/`, "")] as Uint8Array;
    expect(strFromU8(content)).toBe(textOf(files, path));
  }
});

test("the zip's metadata names every command and playbook that is inside", () => {
  const zipped = unzipSync(files[`${packFolder}.zip`] as Buffer);
  const metadata = JSON.parse(strFromU8(zipped["metadata.json"] as Uint8Array));
  const pack = JSON.parse(textOf(files, `${packFolder}/pack_metadata.json`));
  expect(metadata).toMatchObject(pack);
  expect(metadata.serverMinVersion).toMatch(/^\d+\.\d+\.\d+$/);
  expect(metadata.supportDetails).toBeDefined();
  expect(Object.keys(metadata.contentDisplays)).toEqual(Object.keys(metadata.contentItems));
  const { commands } = treeOf(files, unifiedYaml).script;
  expect(metadata.contentItems.integration[0].commands.map(({ name }: Tree) => name)).toEqual(
    commands.map(({ name }: Tree) => name),
  );
  const playbooks = Object.keys(zipped).filter((path) => path.startsWith("Playbooks/"));
  expect(metadata.contentItems.playbook.map(({ name }: Tree) => name)).toEqual(
    playbooks.map((path) => treeOf(files, `${packFolder}/${path}`).name),
  );
});

test("a second build gives the same bytes, the zip included", async () => {
  const again = await buildOnce();
  expect(Object.keys(again)).toEqual(Object.keys(files));
  for (const path of Object.keys(files)) {
    expect(Buffer.compare(Buffer.from(again[path] ?? ""), Buffer.from(files[path] ?? ""))).toBe(0);
  }
});

test("no file names the place where it was built or anybody's secret", () => {
  for (const content of Object.values(files)) {
    expect(content.toString()).not.toMatch(/\/work\/|\/home\/|\/tmp\/|node_modules|registry|sourceMappingURL/);
  }
});
