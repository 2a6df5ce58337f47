import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { buildXsoar, type Files } from "../../../src/hosts/xsoar/build/build.ts";
import type { Tree } from "./rule.ts";

export const packFolder = "ProofpointProtectionServer";
export const sourceYaml = `${packFolder}/Integrations/${packFolder}/${packFolder}.yml`;
export const unifiedYaml = `integration-${packFolder}.yml`;

/** Everything the build writes, made in a folder that is gone afterwards. */
export async function buildOnce(): Promise<Files> {
  const folder = await mkdtemp(join(tmpdir(), "pps-xsoar-"));
  try {
    return await buildXsoar(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file as text. Throws where the build made none of that path. */
export function textOf(files: Files, path: string): string {
  const content = files[path];
  if (content === undefined) throw new Error(`The build made no ${path}`);
  return content.toString();
}

/** A file parsed; a tree of the caller's own, who may change it. */
export function treeOf(files: Files, path: string): Tree {
  const text = textOf(files, path);
  const tree = parsed.get(text) ?? parse(text, { version: "1.1" });
  parsed.set(text, tree);
  return structuredClone(tree);
}

const parsed = new Map<string, Tree>();
