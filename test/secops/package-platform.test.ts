import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { Tree } from "../xsoar/rules/rule.ts";
import { buildOnce, type Pack, readPack } from "./rules/pack.ts";

// What is to be shipped stands in tables of the platform's description; here they are read and held against the package.
const text = readFileSync(new URL("../../docs/secops-platform.md", import.meta.url), "utf8");

interface Parameter {
  name: string;
  type: string;
  /** A drop-down list always has a value, so that nothing is said of it. */
  isMandatory: boolean | undefined;
  defaultValue: string | boolean | undefined;
  options: string[] | undefined;
}

let pack: Pack;

beforeAll(async () => {
  pack = readPack(await buildOnce());
});

function rows(heading: string): string[][] {
  const start = text.indexOf(`\n### ${heading}`) + 1;
  const section = text.slice(start, text.indexOf("\n### ", start));
  return [...section.matchAll(/^\| (.*) \|$/gm)].slice(1).map(([, row = ""]) => row.split(" | "));
}

const groups = new Map(
  [...text.matchAll(/\*\*(GUIDS|TIME\(x\)|MAX|LIST)\*\* = (.*?)(?=\. \*\*|\.\n|$)/gm)].map(([, name = "", is = ""]) => [
    name,
    is,
  ]),
);

/** The parameters a cell of table 5.2 speaks of, in order. */
function readCell(cell: string): Parameter[] {
  const spelt = cell
    .replace(/TIME\((.*?)\)/g, (_, frame: string) => (groups.get("TIME(x)") ?? "").replace("=x", `=${frame}`))
    .replace(/\b(GUIDS|MAX|LIST)\b/g, (name) => groups.get(name) ?? "");
  return [...spelt.matchAll(/`([^`]+)` ([sbd])(\*?)(?: =([^{,(]+?)(?= *[{,(]|$))?(?: \{(.*?)\})?(?=[ ,:;]|$)/g)].map(
    ([, name = "", code = "", star, defaultValue, options]) => ({
      name,
      type: { s: "string", b: "boolean", d: "ddl" }[code] ?? code,
      isMandatory: code === "d" ? undefined : star === "*",
      defaultValue: code === "b" ? defaultValue === "true" : defaultValue,
      options: options?.split(", "),
    }),
  );
}

function readAction({ parameters }: Tree): Parameter[] {
  return parameters.map((one: Tree) => ({
    name: one.name,
    type: one.type,
    isMandatory: one.type === "ddl" ? undefined : one.is_mandatory,
    defaultValue: one.default_value,
    options: one.optional_values,
  }));
}

const actions = rows("5.2 Parameters").flatMap(([names = "", cell = ""]) =>
  names.split("; ").map((name) => ({ name: name.replace(/ \(.*| G$/g, ""), parameters: readCell(cell) })),
);

test.each(actions)("$name has the parameters that are to be there", ({ name, parameters }) => {
  const action = Object.values(pack.actions).find((candidate) => candidate.name === name);
  expect(action).toBeDefined();
  const is = readAction(action);
  if (name === "Enrich Entities") {
    // The table leaves out what the search of the same name has to choose from.
    for (const one of [...is, ...parameters]) one.options = undefined;
  }
  expect(is).toEqual(parameters);
});

test("there are no other actions", () => {
  expect(actions.length).toBe(23);
  expect([...pack.details.Actions].sort()).toEqual(actions.map(({ name }) => name).sort());
});

test("the configuration is asked for as described", () => {
  const described = rows("5.1 Configuration").flatMap(([names = "", types = "", start = "", mandatory = ""]) =>
    names.split(", ").map((name, index) => {
      const all = types.split(", ");
      const value = start.replaceAll("`", "");
      return {
        name: name.replace(" (G)", ""),
        type: all[Math.min(index, all.length - 1)],
        default_value: value === "empty" ? "" : value === "true" ? true : value,
        is_mandatory: mandatory === "yes",
      };
    }),
  );
  expect(
    pack.definition.parameters.map(({ name, type, default_value, is_mandatory }: Tree) => {
      return { name, type, default_value, is_mandatory };
    }),
  ).toEqual(described);
});

test("the script of each action begins failures as described, and knows whether it changes something", () => {
  const described = rows("5.3 Outputs").flatMap(([, lead = ""]) => [
    lead.replace(/(\w+) \/ \w+/, "$1"),
    lead.replace(/\w+ \/ (\w+)/, "$1"),
  ]);
  const changing = /^(release|delete|move|resubmit|forward|create|update|add|remove|respond)_/;
  for (const stem of Object.keys(pack.actions)) {
    const script = pack.source[`actions/${stem}.py`] ?? "";
    expect(described, stem).toContain(/^FAILURE = "(.*)"$/m.exec(script)?.[1]);
    expect(/^WRITES = (True|False)$/m.exec(script)?.[1], stem).toBe(changing.test(stem) ? "True" : "False");
  }
});
