import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { parse } from "yaml";
import type { Files } from "../../../src/hosts/secops/build/archive.ts";
import { buildSecops } from "../../../src/hosts/secops/build/build.ts";
import type { Tree } from "../../xsoar/rules/rule.ts";

export const identifier = "ProofpointProtectionServer";
const folder = "proofpoint_protection_server/";

/** Both forms of the package, parsed; everything may be changed by whoever has it. */
export interface Pack {
  /** Files of the source tree as texts, by path; pictures as latin1. */
  source: Record<string, string>;
  /** Entries of the built zip, likewise. */
  built: Record<string, string>;
  definition: Tree;
  notes: Tree[];
  /** By stem. */
  actions: Record<string, Tree>;
  /** What the platform's assistant is told, by the action's name. */
  ai: Record<string, Tree>;
  def: Tree;
  details: Tree;
  builtNotes: Tree[];
  /** By stem. */
  actionDefs: Record<string, Tree>;
}

/** Everything the build writes, made in a folder that is gone afterwards. */
export async function buildOnce(): Promise<Files> {
  const outDir = await mkdtemp(join(tmpdir(), "pps-secops-"));
  try {
    return await buildSecops(outDir);
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

/** Reads what a build wrote. */
export function readPack(files: Files): Pack {
  const source: Record<string, string> = {};
  for (const [path, content] of Object.entries(files)) {
    if (path.startsWith(folder)) source[path.slice(folder.length)] = textOf(path, content);
  }
  const built: Record<string, string> = {};
  for (const [path, content] of Object.entries(unzipSync(zipOf(files))))
    built[path] = textOf(path, Buffer.from(content));
  return {
    source,
    built,
    definition: parse(source["definition.yaml"] ?? "", yaml),
    notes: parse(source["release_notes.yaml"] ?? "", yaml),
    actions: byStem(source, /^actions\/(.+)\.yaml$/, (text) => parse(text, yaml)),
    ai: parse(source["resources/ai/actions_ai_description.yaml"] ?? "", yaml),
    def: JSON.parse(built[`Integration-${identifier}.def`] ?? ""),
    details: JSON.parse(built[`${identifier}.fulldetails`] ?? ""),
    builtNotes: JSON.parse(built["RN.json"] ?? ""),
    actionDefs: byStem(built, /^ActionsDefinitions\/(.+)\.actiondef$/, (text) => JSON.parse(text)),
  };
}

/** The zip for the IDE. */
export function zipOf(files: Files): Buffer {
  return Buffer.from(files[`${identifier}.zip`] ?? "");
}

// What Google's tool reads YAML with knows version 1.1 alone, where `no` and `on` are booleans.
const yaml = { version: "1.1" } as const;

function textOf(path: string, content: string | Buffer): string {
  return Buffer.from(content).toString(path.endsWith(".png") ? "latin1" : "utf8");
}

function byStem(files: Record<string, string>, pattern: RegExp, read: (text: string) => Tree): Record<string, Tree> {
  const found: Record<string, Tree> = {};
  for (const [path, text] of Object.entries(files)) {
    const stem = pattern.exec(path)?.[1];
    if (stem !== undefined) found[stem] = read(text);
  }
  return found;
}
