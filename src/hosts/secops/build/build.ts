import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Files, zip } from "./archive.ts";
import { makeBuiltPackage } from "./built-package.ts";
import { packageFacts } from "./package-facts.ts";
import { packageReadme } from "./package-readme.ts";
import { makeSourceTree } from "./source-tree.ts";

/**
 * Writes the Google SecOps package below `outDir`: the zip to import in the IDE, the source tree for Google's packaging
 * tool, and a README. The same source gives the same bytes. Gives the contents by path.
 */
export async function buildSecops(outDir: string): Promise<Files> {
  const files: Record<string, string | Buffer> = {
    "README.md": packageReadme,
    [`${packageFacts.identifier}.zip`]: zip(makeBuiltPackage()),
  };
  for (const [path, content] of Object.entries(makeSourceTree())) files[`${packageFacts.folder}/${path}`] = content;
  await rm(join(outDir, packageFacts.folder), { recursive: true, force: true });
  for (const [path, content] of Object.entries(files)) {
    const target = join(outDir, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return files;
}
