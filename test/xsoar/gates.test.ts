import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CallExpression, type Literal, type MemberExpression, type Node, type Program, parse } from "acorn";
import { full, fullAncestor } from "acorn-walk";
import { describe, expect, test } from "vitest";
import { buildBundle } from "../../src/hosts/xsoar/build/bundle.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { freeNames, functionsInBlocks } from "./es5/free-names.ts";
import { newerLibrary } from "./es5/newer-library.ts";
import { es5Globals } from "./sandbox/engine/es5-library.ts";
import { runCommand } from "./sandbox/sandbox.ts";

// The rules that a script keeps in an engine of ES5 whose age nobody knows, and a script that breaks each.

/** What the server gives to a script and the integration uses. */
const hostGlobals = [
  ...["command", "args", "params", "http", "saveFile", "wait"],
  ...["log", "logInfo", "logDebug", "logError", "getIntegrationContext", "setIntegrationContext"],
];

/** What the compiler's own functions use only where the engine has it. */
const asked = [
  "Array.from",
  "Object.getOwnPropertyDescriptors",
  "Object.getOwnPropertySymbols",
  "Object.setPrototypeOf",
];

const bundle = await buildBundle();

function read(script: string): Program {
  return parse(script, { ecmaVersion: 5, sourceType: "script", allowReturnOutsideFunction: true });
}

function regexesOf(program: Program): { pattern: string; flags: string }[] {
  const found: { pattern: string; flags: string }[] = [];
  full(program, (node) => {
    const { regex } = node as Literal;
    if (node.type === "Literal" && regex) found.push(regex);
  });
  return found;
}

/** Classes written out, and those with a letter of their own outside them. */
function classesOf(pattern: string): number {
  return (
    pattern.match(/\[(?:[^\]\\]|\\.)*\]|\\[dDsSwW]|\\./g)?.filter((part) => /^\[|^\\[dDsSwW]/.test(part)).length ?? 0
  );
}

function largestCount(pattern: string): number {
  return Math.max(
    0,
    ...[...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].flatMap(([, from, to]) => [Number(from), Number(to)]),
  );
}

function textsOf(program: Program): string[] {
  const found: string[] = [];
  full(program, (node) => {
    const { type, value } = node as Literal;
    if (type === "Literal" && typeof value === "string") found.push(value);
  });
  return found;
}

function depthOf(program: Program): number {
  let deepest = 0;
  fullAncestor(program, (_node, _state, ancestors) => {
    deepest = Math.max(deepest, ancestors.length);
  });
  return deepest;
}

/** How many arguments each reduction is given. */
function reductionsOf(program: Program): number[] {
  const found: number[] = [];
  full(program, (node) => {
    if (node.type !== "CallExpression") return;
    const { callee, arguments: given } = node as CallExpression;
    const { property } = callee as MemberExpression;
    if (property?.type === "Identifier" && /^reduce(Right)?$/.test(property.name)) found.push(given.length);
  });
  return found;
}

function propertyKeys(program: Program): string[] {
  const found: string[] = [];
  full(program, (node) => {
    if (node.type !== "Property") return;
    const { key } = node as Node & { key: { name?: string; value?: unknown } };
    found.push(key.name ?? String(key.value));
  });
  return found;
}

interface Rule {
  says: string;
  /** Everything in a script that breaks the rule. */
  broken(script: string): unknown[];
  /** Such a thing. */
  example: string;
}

const rules: Rule[] = [
  {
    says: "the script is ES5, down to its regular expressions",
    broken(script) {
      try {
        read(script);
        return [];
      } catch (error) {
        return [error];
      }
    },
    example: "return (() => 1)();",
  },
  { says: "it is ASCII", broken: (script) => script.match(/[^\n\t\x20-\x7e]/g) ?? [], example: "return 'é';" },
  {
    says: "it names no source map, which some engines take for an error",
    broken: (script) => script.match(/sourceMappingURL/g) ?? [],
    example: "return 1;\n//# sourceMappingURL=x.js.map",
  },
  {
    says: "it asks nowhere for strict mode, which CommonServer could not bear",
    broken: (script) => script.match(/["']use strict["']/g) ?? [],
    example: "'use strict'; return 1;",
  },
  {
    says: "it is one statement that returns what run gives, and leaves no name in the server's scope",
    broken(script) {
      const { body } = read(script);
      return body.length === 1 && body[0]?.type === "ReturnStatement" && script.endsWith(".run();\n") ? [] : body;
    },
    example: "var integration = {}; return integration.run();\n",
  },
  {
    says: "no function is declared in a block",
    broken: (script) => functionsInBlocks(read(script)),
    example: "if (command) { function f() {} }",
  },
  {
    says: "it uses nothing but ES5's objects and the server's globals",
    broken: (script) =>
      [...freeNames(read(script))].filter(
        // The wrapping function asks for a Symbol to pass on, and uses it where it is there.
        ([name, uses]) =>
          !es5Globals.includes(name) && !hostGlobals.includes(name) && !(name === "Symbol" && uses === 2),
      ),
    example: "return new Promise(run);",
  },
  {
    says: "it uses no method that came after ES5, but where the compiler asks first",
    broken: (script) => newerLibrary(read(script)).filter((name) => !asked.includes(name)),
    example: "return args.list.includes('x');",
  },
  {
    says: "regular expressions look neither ahead nor behind, name and repeat no group, and have old flags",
    broken: (script) =>
      regexesOf(read(script)).filter(
        ({ pattern, flags }) => /\(\?[^:]|\\[1-9k]|\\[pP]\{/.test(pattern) || /[^gim]/.test(flags),
      ),
    example: "return /(a)\\1/.test(command);",
  },
  {
    says: "regular expressions have 16 classes at most and count no further than 254, as no more fits into one of the engines",
    broken: (script) =>
      regexesOf(read(script)).filter(({ pattern }) => classesOf(pattern) > 16 || largestCount(pattern) > 254),
    example: "return /[ab]{1,255}/.test(command);",
  },
  {
    says: "it nests no deeper than 80 levels, as one of the engines bears a hundred",
    broken: (script) => [depthOf(read(script))].filter((depth) => depth > 80),
    example: `return ${"[".repeat(80)}${"]".repeat(80)};`,
  },
  {
    says: "a list is reduced from a value on, as one of the engines takes none of one item otherwise",
    broken: (script) => reductionsOf(read(script)).filter((given) => given < 2),
    example: "return args.list.reduce(function (one, other) { return one + other; });",
  },
  {
    says: "dates are read by their constructor, not by Date.parse",
    broken: (script) => script.match(/\bDate\.parse\b/g) ?? [],
    example: "return Date.parse(args.date);",
  },
  {
    says: "neither escape nor unescape is called, and no object is written with a __proto__",
    broken: (script) => [
      ...[...freeNames(read(script)).keys()].filter((name) => /^(un)?escape$/.test(name)),
      ...propertyKeys(read(script)).filter((key) => key === "__proto__"),
    ],
    example: "return { __proto__: null };",
  },
  {
    says: "no text names what only a command line or the environment of another surface has",
    broken: (script) =>
      textsOf(read(script)).filter((text) => /(^|\s)--[a-z]|\bPPS_[A-Z]|jsonl|\bpps [a-z]/.test(text)),
    example: "return 'Say so with --override.';",
  },
];

describe.each(rules)("$says", ({ broken, example }) => {
  test("in the integration", () => {
    expect(broken(bundle)).toEqual([]);
  });
  test("and a script that breaks the rule is found out", () => {
    expect(broken(example)).not.toEqual([]);
  });
});

test("the same source gives the same script", async () => {
  expect(await buildBundle()).toBe(bundle);
});

test("a missing argument is still described, though other texts stay behind", async () => {
  const params = { url: "https://pps.example.com:10000", credentials: { identifier: "api", password: "secret" } };
  const { returned } = await runCommand({ bundle, command: "proofpoint-pps-release-message", args: {}, params });
  expect(JSON.stringify(returned)).toMatch(/ is missing: [A-Z][^"]{10}/);
  expect(bundle).not.toContain("examples:");
});

test("what a compiler may get wrong is right in engines without Symbol", async () => {
  const folder = await mkdtemp(join(temporaryDirectory(), "entry-"));
  await writeFile(
    join(folder, "main.ts"),
    `class Refused extends Error {
      readonly code: string;
      constructor(code: string, message: string) { super(message); this.code = code; }
    }
    function* inner(limit: number): Generator<number, string, number> {
      let sum = 0;
      for (let at = 0; at < limit; at++) {
        try { sum += yield at; } catch (error) { sum += (error as { code: number }).code; } finally { sum += 1000; }
      }
      return "sum " + sum;
    }
    function* outer(): Generator<number, string[], number> {
      const found: string[] = [];
      for (const limit of [2, 3]) found.push(yield* inner(limit));
      return found;
    }
    export function run(): unknown {
      const steps = outer();
      let turn = steps.next();
      const seen: number[] = [];
      while (!turn.done) {
        seen.push(turn.value);
        turn = turn.value === 1 ? steps.throw({ code: 7 } as never) : steps.next(turn.value * 10);
      }
      const { first, ...rest } = { first: 1, second: [..."xyz".split("")], third: { ...{ a: 1 }, b: 2 } };
      const late: (() => number)[] = [];
      for (const n of [1, 2]) late.push(() => n);
      let caught: unknown;
      try { throw new Refused("denied", "No."); } catch (error) { caught = { code: (error as Refused).code, text: (error as Error).message }; }
      return { seen, found: turn.value, first, rest, late: late.map((call) => call()), caught, absent: rest.second[9]?.length ?? "none" };
    }`,
  );
  const script = await buildBundle(join(folder, "main.ts"));
  await rm(folder, { recursive: true });
  const expected = {
    seen: [0, 1, 0, 1, 2],
    found: ["sum 2007", "sum 3027"],
    first: 1,
    rest: { second: ["x", "y", "z"], third: { a: 1, b: 2 } },
    late: [1, 2],
    caught: { code: "denied", text: "No." },
    absent: "none",
  };
  for (const engine of ["node-vm", "js-interpreter"] as const) {
    expect((await runCommand({ bundle: script, command: "x", engine })).returned, engine).toEqual(expected);
  }
});
