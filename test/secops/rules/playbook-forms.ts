import { unzipSync } from "fflate";
import { parse } from "yaml";
import type { Files } from "../../../src/hosts/secops/build/archive.ts";
import type { Tree } from "../../xsoar/rules/rule.ts";

const folder = "playbooks/";

/** Both forms of a playbook, parsed; everything may be changed by whoever has it. */
export interface PlaybookForms {
  /** Paths of all files of its folder. */
  paths: string[];
  definition: Tree;
  display: Tree;
  trigger: Tree;
  overviews: Tree[];
  notes: Tree[];
  /** By path, in the order of the built form. */
  steps: Tree[];
  /** The JSON file in the zip. */
  built: Tree;
}

/** The zip of built playbooks. */
export function playbookZip(files: Files): Buffer {
  return Buffer.from(files["ProofpointProtectionServer-playbooks.zip"] ?? "");
}

/** Every playbook that a build wrote, by the name of its folder. */
export function readPlaybooks(files: Files): Record<string, PlaybookForms> {
  const built = Object.values(unzipSync(playbookZip(files))).map((text) => JSON.parse(Buffer.from(text).toString()));
  const stems = Object.keys(files).flatMap((path) => /^playbooks\/(.+)\/definition\.yaml$/.exec(path)?.[1] ?? []);
  return Object.fromEntries(stems.map((stem) => [stem, readPlaybook(files, stem, built)]));
}

function readPlaybook(files: Files, stem: string, allBuilt: Tree[]): PlaybookForms {
  const paths = Object.keys(files).filter((path) => path.startsWith(`${folder}${stem}/`));
  const read = (name: string): Tree => parse(String(files[`${folder}${stem}/${name}.yaml`]), { version: "1.1" });
  const definition = read("definition");
  const built = allBuilt.find(({ Definition }) => Definition.Identifier === definition.identifier);
  const steps = paths
    .filter((path) => path.includes("/steps/"))
    .map((path) => parse(String(files[path]), { version: "1.1" }));
  const order = built?.Definition.Steps.map(({ Identifier }: Tree) => Identifier) ?? [];
  return {
    paths: paths.map((path) => path.slice(folder.length + stem.length + 1)),
    definition,
    display: read("display_info"),
    trigger: read("trigger"),
    overviews: read("overviews"),
    notes: read("release_notes"),
    steps: steps.sort((one, other) => order.indexOf(one.identifier) - order.indexOf(other.identifier)),
    built,
  };
}

/** A parameter of a step; undefined where it has none of that name. */
export function parameterOf({ parameters }: Tree, name: string): string | null | undefined {
  return parameters.find((one: Tree) => one.name === name)?.value;
}

/** Sets a parameter of a step, for rules to be broken by. */
export function setParameter({ parameters }: Tree, name: string, value: string | null): void {
  parameters.find((one: Tree) => one.name === name).value = value;
}

export function nameOf({ instance_name }: Tree): string {
  return instance_name;
}

/** What a step hands to the action it runs. */
export function fieldsOf(step: Tree): Record<string, string> {
  return JSON.parse(parameterOf(step, "ScriptParametersEntityFields") ?? "{}");
}

/** The step before another; undefined for the first. */
export function parentOf({ steps }: PlaybookForms, step: Tree): Tree | undefined {
  return steps.find(({ identifier }) => identifier === step.parent_step_ids[0]);
}

/** All steps before another, the nearest first. Ends where a way comes round. */
export function ancestorsOf(forms: PlaybookForms, step: Tree): Tree[] {
  const above: Tree[] = [];
  for (let next = parentOf(forms, step); next !== undefined && !above.includes(next); next = parentOf(forms, next)) {
    above.push(next);
  }
  return above;
}

/** The number of the branch or answer that leads to a step; undefined where it simply comes next. */
export function wayTo(step: Tree): string | undefined {
  return JSON.parse(step.previous_result_condition ?? "{}")[step.parent_step_ids[0]];
}

/** The branches of a condition and the answers of a question, by their numbers. */
export function waysOf(step: Tree): Record<string, { name: string; isDefault: boolean }> {
  if (step.type === "condition") {
    const branches: Tree[] = JSON.parse(parameterOf(step, "Branches") ?? "[]");
    return Object.fromEntries(
      branches.map(({ Order, Name, IsDefaultBranch }) => [Order, { name: Name, isDefault: IsDefaultBranch }]),
    );
  }
  const answers: Record<string, string> = JSON.parse(parameterOf(step, "Answers") ?? "{}");
  return Object.fromEntries(Object.entries(answers).map(([number, name]) => [number, { name, isDefault: false }]));
}
