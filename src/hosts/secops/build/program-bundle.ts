import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { userAgent, version } from "../../../client/product.ts";

const entry = fileURLToPath(new URL("../program/cli.ts", import.meta.url));

/**
 * The program that a Remote Agent starts for each action, as one file that Node runs wherever it is copied to. The same
 * source gives the same bytes.
 */
export async function bundleProgram(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    target: "node22.19",
    format: "esm",
    // The packages of the older kind ask for Node's own modules by a function that modules of this kind do not have.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module";\nconst require = requireFrom(import.meta.url);',
    },
    plugins: [product, loadedLater],
    logLevel: "silent",
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new TypeError("The bundler gave no file.");
  return bundle.text;
}

/** What the client loads when it is needed: the bundler only sees what is asked for by `require`. */
const loadedLater: Plugin = {
  name: "loaded later",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]client[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const maker = "const load = createRequire(import.meta.url);";
      return {
        contents: text.includes(maker) ? text.replace(maker, "").replace(/\bload\(/g, "require(") : text,
        loader: "ts",
      };
    });
  },
};

/** The manifest stays behind, and what it says comes along. */
const product: Plugin = {
  name: "product",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]client[\\/]product\.ts$/ }, () => ({
      contents: `export const version = ${JSON.stringify(version)}; export const userAgent = ${JSON.stringify(userAgent)};`,
    }));
  },
};
