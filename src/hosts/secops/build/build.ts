import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeActionPages } from "./action-pages.ts";
import { type Files, zip } from "./archive.ts";
import { makeBuiltPackage } from "./built-package.ts";
import { packageFacts } from "./package-facts.ts";
import { packageReadme } from "./package-readme.ts";
import { makeBuiltPlaybooks } from "./playbooks/playbook-built.ts";
import { playbookFacts } from "./playbooks/playbook-facts.ts";
import { makePlaybookFolders } from "./playbooks/playbook-source.ts";
import { bundleProgram } from "./program-bundle.ts";
import { licencesOf } from "./program-licences.ts";
import { makeSourceTree } from "./source-tree.ts";

/** Where the playbooks stand as Google's packaging tool takes them. */
const playbookFolder = "playbooks";

/**
 * Writes the Google SecOps package below `outDir`: the zip to import in the IDE, the source tree for Google's packaging
 * tool, the playbooks in both forms, the program for a Remote Agent with Node, and what a reader needs. The same source gives
 * the same bytes. Gives the contents by path.
 */
export async function buildSecops(outDir: string): Promise<Files> {
  const program = await bundleProgram();
  const files: Record<string, string | Buffer> = {
    "README.md": packageReadme,
    "actions.md": writeActionPages(),
    [`${packageFacts.identifier}.zip`]: zip(makeBuiltPackage()),
    [`${playbookFacts.archive}.zip`]: zip(makeBuiltPlaybooks()),
    "cli.mjs": program,
    "cli.licences.txt": licencesOf(program),
  };
  for (const [path, content] of Object.entries(makeSourceTree())) files[`${packageFacts.folder}/${path}`] = content;
  for (const [path, content] of Object.entries(makePlaybookFolders())) files[`${playbookFolder}/${path}`] = content;
  for (const folder of [packageFacts.folder, playbookFolder]) {
    await rm(join(outDir, folder), { recursive: true, force: true });
  }
  for (const [path, content] of Object.entries(files)) {
    const target = join(outDir, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return files;
}
