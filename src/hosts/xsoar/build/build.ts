import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Zippable, zipSync } from "fflate";
import { brand } from "../integration/brand.ts";
import { buildIntegration } from "./integration-files.ts";
import { writeIntegrationReadme } from "./integration-readme.ts";
import { installedMetadata, packMetadata } from "./pack-metadata.ts";
import { packReadme } from "./pack-readme.ts";
import { drawPlaybook } from "./playbooks/playbook-image.ts";
import { playbookFileName, writePlaybookReadme } from "./playbooks/playbook-readme.ts";
import { describePlaybook } from "./playbooks/playbook-yaml.ts";
import { playbooks } from "./playbooks/playbooks.ts";
import { toYaml } from "./yaml-text.ts";

/** Contents by path below the output folder. */
export type Files = Readonly<Record<string, string | Buffer>>;

/**
 * Writes what XSOAR can install below `outDir`: one file to upload, the pack's source, and the pack as a zip. The same
 * source gives the same bytes. Gives the contents by path.
 */
export async function buildXsoar(outDir: string): Promise<Files> {
  const files = await makeFiles();
  await rm(join(outDir, brand.id), { recursive: true, force: true });
  for (const [path, content] of Object.entries(files)) {
    const target = join(outDir, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return files;
}

async function makeFiles(): Promise<Files> {
  const { script, image, description, yaml, unified } = await buildIntegration();
  const common = { "pack_metadata.json": json(packMetadata), "README.md": packReadme };
  const integration = `Integrations/${brand.id}/${brand.id}`;
  const source: Record<string, string | Buffer> = {
    ...common,
    ".pack-ignore": "",
    ".secrets-ignore": "",
    [`${integration}.yml`]: yaml,
    [`${integration}.js`]: script,
    [`${integration}_image.png`]: image,
    [`${integration}_description.md`]: description,
    [`Integrations/${brand.id}/README.md`]: writeIntegrationReadme(),
  };
  const zipped: Record<string, string | Buffer> = {
    "metadata.json": json(installedMetadata),
    ...common,
    [`Integrations/integration-${brand.id}.yml`]: unified,
  };
  for (const playbook of playbooks) {
    const name = playbookFileName(playbook);
    const file = toYaml(describePlaybook(playbook));
    source[`Playbooks/playbook-${name}.yml`] = file;
    source[`Playbooks/playbook-${name}_README.md`] = writePlaybookReadme(playbook);
    source[`doc_files/${name}.png`] = drawPlaybook(playbook);
    zipped[`Playbooks/playbook-${name}.yml`] = file;
  }
  const files: Record<string, string | Buffer> = { [`integration-${brand.id}.yml`]: unified };
  for (const [path, content] of Object.entries(source)) files[`${brand.id}/${path}`] = content;
  files[`${brand.id}.zip`] = zip(zipped);
  return files;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 4)}\n`;
}

/** Every entry bears the same day, so that the same contents give the same bytes. */
function zip(contents: Files): Buffer {
  const entries: Zippable = {};
  for (const [path, content] of Object.entries(contents)) {
    entries[path] = [Buffer.from(content), { mtime: new Date(2026, 0, 1), level: 9 }];
  }
  return Buffer.from(zipSync(entries));
}
