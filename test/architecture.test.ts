import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

interface SourceFile {
  /** From the project's root, with forward slashes. */
  path: string;
  text: string;
  /** Without comments, so that words in them are no code. */
  code: string;
}

function read(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|js|mjs)$/.test(name))
    .map((name) => {
      const text = readFileSync(join(root, folder, name), "utf8");
      return { path: `${folder}/${name.split(sep).join("/")}`, text, code: withoutComments(text) };
    });
}

/** Takes comments out and leaves string literals, which may hold slashes, as they are. */
function withoutComments(text: string): string {
  const literal =
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|(?<=^|[\s;{}(),])\/\/[^\n]*/g;
  return text.replace(literal, (_match, kept: string | undefined) => kept ?? "");
}

const sources = read("src");
const product = sources.filter(({ path }) => !path.endsWith(".test.ts"));
const portable = product.filter(({ path }) =>
  /^src\/(core|commands|hosts\/xsoar\/(integration|runtime|entries))\//.test(path),
);

interface Import {
  from: string;
  to: string;
  kind: "static" | "type" | "dynamic";
}

function importsOf({ path, code }: SourceFile): Import[] {
  const found: Import[] = [];
  for (const [, typed, to] of code.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^"'`;()]*?\sfrom\s+)?"([^"]+)"/gm)) {
    if (to !== undefined) found.push({ from: path, to, kind: typed ? "type" : "static" });
  }
  for (const [, to] of code.matchAll(/\bimport\(\s*(?:\/\*.*?\*\/)?\s*"([^"]+)"/g)) {
    if (to !== undefined) found.push({ from: path, to, kind: "dynamic" });
  }
  return found;
}

/** The layer of a file; `hosts/cli` and its like each stand by themselves. */
function layerOf(path: string): string {
  const [, layer = "", host = ""] = path.split("/");
  return layer === "hosts" ? `hosts/${host}` : layer;
}

function target({ from, to }: Import): string {
  return relative(root, resolve(root, dirname(from), to))
    .split(sep)
    .join("/");
}

const imports = product.flatMap(importsOf);
const inner = imports.filter(({ to }) => to.startsWith("."));
const outer = imports.filter(({ to }) => !to.startsWith("."));

// The arrows of the design's map: hosts -> client -> report -> commands -> core; text is below what shows it to people; the
// simulator is an independent witness. XSOAR's engine has no place for the client.
const mayImport: Record<string, string[]> = {
  core: [],
  text: [],
  commands: ["core"],
  report: ["commands", "core", "text"],
  client: ["report", "commands", "core"],
  simulator: [],
  "hosts/xsoar": ["commands", "core"],
};

function allowedFor(layer: string): string[] {
  return mayImport[layer] ?? ["client", "report", "commands", "core", "text"];
}

/** Part of what makes a SOAR package, and of nothing that is published. */
function isMaker(path: string): boolean {
  return /^src\/hosts\/(xsoar|secops)\/build\//.test(path);
}

test("the imports of the source are seen", () => {
  expect(inner.length).toBeGreaterThan(200);
  expect(imports.filter(({ kind }) => kind === "dynamic").length).toBeGreaterThan(3);
  expect(new Set(product.map(({ path }) => layerOf(path)))).toEqual(
    new Set([
      "core",
      "text",
      "commands",
      "report",
      "client",
      "simulator",
      "hosts/cli",
      "hosts/server",
      "hosts/xsoar",
      "hosts/secops",
    ]),
  );
});

test("imports go only along the arrows of the map", () => {
  const wrong = inner.filter((one) => {
    const [from, to] = [layerOf(one.from), layerOf(target(one))];
    if (from === to || allowedFor(from).includes(to)) return false;
    // What makes packages is in none of them, so that one maker may use another's tools.
    if (isMaker(one.from) && isMaker(target(one))) return false;
    // The server carries the actions of Google SecOps out; of what makes their package it knows nothing.
    if (from === "hosts/server" && /^src\/hosts\/secops\/(catalogue|handler)\//.test(target(one))) return false;
    if (from !== "hosts/cli") return true;
    if (to === "simulator") return !/\/simulator-[a-z-]*command\.ts$/.test(one.from);
    // The server is a program of its own size: whoever asks for something else does not wait for it.
    return !(to === "hosts/server" && one.kind !== "static");
  });
  expect(wrong).toEqual([]);
});

test("the command line loads the simulator only when it is asked for", () => {
  const starts = inner.filter(
    (one) => /simulator-[a-z-]*command\.ts$/.test(target(one)) && layerOf(one.from) === "hosts/cli",
  );
  const eager = starts.filter((one) => one.kind === "static" && !/simulator-[a-z-]*command\.ts$/.test(one.from));
  expect(starts.length).toBeGreaterThan(0);
  expect(eager).toEqual([]);
});

test("every import names an existing file with its extension", () => {
  const known = new Set(sources.map(({ path }) => path));
  expect(inner.map(target).filter((path) => !known.has(path) && !path.endsWith(".yaml"))).toEqual([]);
});

test("what runs imports nothing of what makes packages of it", () => {
  expect(inner.filter((one) => !isMaker(one.from) && isMaker(target(one)))).toEqual([]);
});

test("the portable part imports neither Node nor a package", () => {
  expect(outer.filter(({ from }) => portable.some(({ path }) => path === from))).toEqual([]);
});

test("only packages that package.json names are imported, and Node's modules by their node: name", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
    "dependencies" | "devDependencies",
    Record<string, string>
  >;
  const named = (from: string) => (isMaker(from) ? { ...dependencies, ...devDependencies } : dependencies);
  const packageOf = (name: string) =>
    name
      .split("/")
      .slice(0, name.startsWith("@") ? 2 : 1)
      .join("/");
  const unknown = outer.filter(({ from, to }) => !to.startsWith("node:") && !(packageOf(to) in named(from)));
  expect(unknown).toEqual([]);
  expect(outer.filter(({ to }) => !to.startsWith("node:") && builtinModules.includes(to))).toEqual([]);
});

test("no module is reached again by its own imports", () => {
  const graph = new Map<string, string[]>();
  for (const one of inner) {
    if (one.kind !== "static") continue;
    graph.set(one.from, [...(graph.get(one.from) ?? []), target(one)]);
  }
  const circles: string[][] = [];
  const finished = new Set<string>();
  const visit = (path: string, trail: string[]) => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path]);
    if (trail.includes(path) || finished.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    finished.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  expect(circles).toEqual([]);
});

test("no source file is longer than 400 lines", () => {
  const long = product.filter(({ text }) => text.split("\n").length > 401);
  expect(long.map(({ path }) => path)).toEqual([]);
});

test("files are kebab-case nouns, none of which says nothing", () => {
  for (const { path } of sources) {
    const name = path.split("/").at(-1) ?? "";
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.ts$/);
    expect(name).not.toMatch(/(^|-)(utils?|helpers?|common|manager|service|base|misc)[.-]/);
  }
});

test("nothing is exported by default", () => {
  expect(product.filter(({ code }) => /^export default\b/m.test(code)).map(({ path }) => path)).toEqual([]);
});

test("how PPS spells its parameters and fields is known to commands, simulator and what SOAR platforms are given alone", () => {
  const spellings =
    /\b(rcpts?|startdate|enddate|localguid|messageid|spamscore|host_ip|processingserver|messagestatus|dlpviolation|deletedfolder|targetfolder|brandtemplate|securitypolicy|appendoldsubject|headerfrom|env_from|env_rcpt|hdr_mid|queryid|query_params)\b/;
  const wrong = product
    .filter(
      ({ path }) =>
        !/^src\/(commands|simulator|hosts\/xsoar\/(integration|build)|hosts\/secops\/(catalogue|handler))\//.test(path),
    )
    .flatMap(({ path, code }) =>
      code.split("\n").flatMap((line) => (spellings.test(line) ? [`${path}: ${line.trim()}`] : [])),
    );
  expect(wrong).toEqual([]);
});

describe("the portable part", () => {
  // An ES5 engine has generators after lowering, but neither promises nor the library of ES2015 and later. What types
  // cannot show is listed here; `tsc -p tsconfig.portable.json` proves the rest.
  test.each([
    ["async functions", /\basync\b|\bawait\b/],
    [
      "promises, symbols, maps, sets and proxies",
      /\b(Promise|Symbol|Map|Set|WeakMap|WeakSet|Proxy|Reflect|BigInt|Intl|globalThis)\b[.(<]/,
    ],
    [
      "timers and other host objects",
      /(?<![.*\w ])\b(setTimeout|setInterval|setImmediate|process|Buffer|console|URL|TextEncoder|fetch|structuredClone)\b[.(]|\bnew (URL|TextEncoder)\b/,
    ],
    ["a clock of its own", /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/],
    [
      "methods newer than ES5",
      /\.(includes|startsWith|endsWith|padStart|padEnd|repeat|find|findIndex|findLast|flatMap|flat|at|fill|replaceAll|matchAll|trimStart|trimEnd|toSorted|codePointAt|normalize)\(/,
    ],
    [
      "functions of Object, Array and Number newer than ES5",
      /\b(Object\.(assign|entries|values|fromEntries|is|hasOwn)|Array\.(from|of)|Number\.(isInteger|isFinite|isNaN|isSafeInteger|parseInt|parseFloat|EPSILON|MAX_SAFE_INTEGER)|Math\.(trunc|sign|log2|log10|hypot|cbrt|imul))\b/,
    ],
    [
      "regular expressions that look ahead or repeat a group, which some engines refuse",
      /\/.*\(\?[=!].*\/|\/.*\\[1-9k].*\//,
    ],
    [
      "regular expressions newer than ES5",
      /\(\?<|\\p\{|\/[dgimsvy]*[suydv][dgimsuvy]*(?=[.,;)\s]).{0,3}(test|exec|replace)?$/m,
    ],
    ["exponents, private names and tagged templates", /\w \*\* \w|\bthis\.#|String\.raw/],
    ["calls that spread a list over the engine's stack", /\.apply\(|\bpush\(\.\.\.|Math\.(max|min)\(\.\.\./],
    ["class members that need more than ES5", /\bstatic \{|\baccessor\b/],
  ])("uses no %s", (what, pattern) => {
    // The runtime is a host: it tells the commands what time it is.
    const bound = what === "a clock of its own" ? portable.filter(({ path }) => !path.includes("/runtime/")) : portable;
    const wrong = bound.flatMap(({ path, code }) =>
      code.split("\n").flatMap((line) => (pattern.test(line) ? [`${path}: ${line.trim()}`] : [])),
    );
    expect(wrong).toEqual([]);
  });

  test("loops with for-of and spreads over arrays only, for the lowering takes every iterable for one", () => {
    // Everything looped over or spread has a name; a call there would be a generator or an iterator.
    const wrong = portable.flatMap(({ path, code }) =>
      code
        .split("\n")
        .filter((line) => /\bof \w+(\.\w+)*\(\)|\[\.\.\.\w+(\.\w+)*\((?!.*\bmap\b)/.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(wrong).toEqual([]);
  });
});

test.each([
  ["pps-api.md", 50],
  ["xsoar-platform.md", 20],
  ["secops-platform.md", 20],
])("every section of docs/%s that the code cites exists", (name, least) => {
  const description = readFileSync(join(root, "docs", name), "utf8");
  // Rows of a table may be numbered as sections are.
  const sections = new Set(
    [...description.matchAll(/^(?:#{2,3} ([\d.]*\d)\.?|\| (\d+\.\d+) \|) /gm)].map(
      ([, heading, row]) => heading ?? row,
    ),
  );
  const citation = new RegExp(`${name.replace(".", "\\.")} (\\d+(?:\\.\\d+)?)`, "g");
  const cited = [...sources, ...read("test")].flatMap(({ path, text }) =>
    [...text.matchAll(citation)].map(([, number]) => ({ path, number })),
  );
  expect(cited.length).toBeGreaterThan(least);
  expect(cited.filter(({ number }) => !sections.has(number))).toEqual([]);
});
