import { beforeAll, expect, test } from "vitest";
import type { Files } from "../../src/hosts/xsoar/build/build.ts";
import { buildOnce, packFolder, sourceYaml, textOf, treeOf } from "./rules/built.ts";
import type { Tree } from "./rules/rule.ts";

let files: Files;
let readme: string;
let commands: Tree[];

beforeAll(async () => {
  files = await buildOnce();
  readme = textOf(files, `${packFolder}/Integrations/${packFolder}/README.md`);
  commands = treeOf(files, sourceYaml).script.commands;
});

/** Lines of the README that belong to a command, as RM102 finds them: from its base command to the next `### `. */
function linesOf(name: string): string[] {
  const lines = readme.split("\n");
  const start = lines.findIndex((line, at) => line === `\`${name}\`` && lines[at - 2] === "#### Base Command");
  const end = lines.findIndex((line, at) => at > start && line.startsWith("### "));
  return start < 0 ? [] : lines.slice(start, end < 0 ? undefined : end);
}

/** First cells of the table that stands below a header. */
function tableBelow(lines: readonly string[], header: string): string[][] {
  const start = lines.indexOf(header);
  if (start < 0) return [];
  const rest = lines.slice(start + 2);
  const end = rest.findIndex((line) => !line.startsWith("|"));
  return rest.slice(0, end).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test("RM109: every command has its part in the README", () => {
  expect(commands.map(({ name }) => name).filter((name) => linesOf(name).length === 0)).toEqual([]);
});

test("RM102: context paths in the README are those of the YAML, command by command", () => {
  for (const { name, outputs = [] } of commands) {
    const rows = tableBelow(linesOf(name), "| **Path** | **Type** | **Description** |");
    expect(rows.map(([path, type]) => [path, type])).toEqual(
      outputs.map(({ contextPath, type }: Tree) => [contextPath, type]),
    );
  }
});

test("arguments in the README are those of the YAML, in the same order", () => {
  for (const { name, arguments: declared = [] } of commands) {
    const rows = tableBelow(linesOf(name), "| **Argument Name** | **Description** | **Required** |");
    expect(rows.map(([argument, , required]) => [argument, required])).toEqual(
      declared.map((argument: Tree) => [argument.name, argument.required ? "Required" : "Optional"]),
    );
  }
});

test("no cell of a table holds a pipe that would end it", () => {
  for (const { name } of commands) {
    for (const header of [
      "| **Path** | **Type** | **Description** |",
      "| **Argument Name** | **Description** | **Required** |",
    ]) {
      for (const row of tableBelow(linesOf(name), header)) expect(row).toHaveLength(3);
    }
  }
});

test("RM100, RM107: READMEs hold no empty section and no sentence of a template", () => {
  const texts = Object.keys(files).filter((path) => path.endsWith(".md"));
  expect(texts.length).toBeGreaterThan(3);
  for (const path of texts) {
    const text = textOf(files, path);
    expect(text).not.toMatch(/%%|FILL|<[A-Z_ ]+>|TODO/);
    const headings = text.split("\n").filter((line) => line !== "");
    headings.forEach((line, at) => {
      const level = /^(#+) /.exec(line)?.[1]?.length;
      if (level === undefined) return;
      const next = /^(#+) /.exec(headings[at + 1] ?? "# ")?.[1]?.length;
      if (next !== undefined) expect({ path, line, isFilled: next > level }).toEqual({ path, line, isFilled: true });
    });
  }
});

test("RM101, RM108: pictures are named by a path of the pack below doc_files, and are there", () => {
  const shown = Object.keys(files)
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) => [...textOf(files, path).matchAll(/!\[[^\]]*\]\(([^)]+)\)|<img[^>]*src="([^"]+)"/g)])
    .map(([, inMarkdown, inHtml]) => inMarkdown ?? inHtml ?? "");
  expect(shown.length).toBeGreaterThan(0);
  for (const source of shown) {
    expect(source).toMatch(/^\.\.\/doc_files\/[^/]+\.png$/);
    expect(files[`${packFolder}/${source.replace("../", "")}`]).toBeDefined();
  }
});

test("RM105, RM104: the pack's README is no repetition of its description, and speaks of no licence", () => {
  const text = textOf(files, `${packFolder}/README.md`);
  const { description } = JSON.parse(textOf(files, `${packFolder}/pack_metadata.json`));
  expect(text.trim().length).toBeGreaterThan(30);
  expect(text).not.toContain(description);
  expect(text).not.toMatch(/\b(BSD|MIT|copyright|proprietary)\b/i);
});
