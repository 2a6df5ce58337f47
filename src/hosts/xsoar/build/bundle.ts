import { fileURLToPath } from "node:url";
import { minify, transform } from "@swc/core";
import { build } from "esbuild";
import { withoutDescriptions } from "./bundle-texts.ts";

const main = fileURLToPath(new URL("../runtime/main.ts", import.meta.url));

/**
 * The integration's script: one ES5 program in ASCII that ends by returning what `run` of `entry` returns. The same source
 * gives the same bytes.
 * Throws where the source does not compile.
 * @default entry src/hosts/xsoar/runtime/main.ts
 */
export async function buildBundle(entry = main): Promise<string> {
  return wrap(await lower(withoutDescriptions(await join(entry))));
}

/** One script out of all modules that `entry` needs; it hands `run` to an object that the wrapping function has. */
async function join(entry: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { run } from ${JSON.stringify(entry)}; integration.run = run;`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    write: false,
    format: "iife",
    target: "es2020",
    charset: "ascii",
    legalComments: "none",
    logLevel: "silent",
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error(`Nothing came of ${entry}.`);
  return script.text;
}

async function lower(script: string): Promise<string> {
  const lowered = await transform(script, {
    configFile: false,
    swcrc: false,
    isModule: false,
    jsc: {
      target: "es5",
      parser: { syntax: "ecmascript" },
      // Without Symbol in the engine nothing else makes for-of and spread work; the rest only spares code.
      assumptions: {
        iterableIsArray: true,
        ignoreToPrimitiveHint: true,
        mutableTemplateObject: true,
        noDocumentAll: true,
        objectRestNoSymbols: true,
        setClassMethods: true,
        setPublicClassFields: true,
        skipForOfIteratorClosing: true,
      },
    },
  });
  const small = await minify(lowered.code, {
    ecma: 5,
    module: false,
    // Statements joined by commas, and functions put where they are called, nest one in another: one of the engines bears a
    // hundred levels.
    compress: { passes: 2, toplevel: true, keep_fargs: false, sequences: false, reduce_vars: false, inline: 0 },
    mangle: { toplevel: true },
    format: { asciiOnly: true, comments: false, semicolons: false },
  });
  return small.code.replace(/(["'])use strict\1[;\n]/g, "").trim();
}

/**
 * The compiler's helpers look for `Symbol.iterator` and fail where there is none, so they get a Symbol of their own there.
 * What else they would use of newer engines is hidden, so that the same code runs in every engine.
 */
function wrap(script: string): string {
  return `return (function (Symbol, Iterator, Map, Reflect) {
var integration = {};
${script}
return integration;
})(typeof Symbol === "function" ? Symbol : (function () { function S() {} S.iterator = "@@iterator"; return S; })()).run();
`;
}
