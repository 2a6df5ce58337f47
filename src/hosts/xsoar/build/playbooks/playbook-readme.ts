import { brand } from "../../integration/brand.ts";
import { markdownCell } from "../markdown-cell.ts";
import type { Playbook } from "./playbook.ts";

/** Base name of a playbook's files, without `playbook-`. */
export function playbookFileName({ name }: Playbook): string {
  return name.replace(/ - /g, "-").replace(/[^A-Za-z0-9-]/g, "_");
}

/** The README that a playbook has beside it. */
export function writePlaybookReadme(playbook: Playbook): string {
  const commands = playbook.tasks.flatMap(({ work }) => (work.kind === "command" ? [work.command] : []));
  const scripts = playbook.tasks.flatMap(({ work }) => (work.kind === "script" ? [work.script] : []));
  return `${playbook.description}

## Dependencies

This playbook uses the following sub-playbooks, integrations, and scripts.

### Sub-playbooks

This playbook does not use any sub-playbooks.

### Integrations

* ${brand.id}

### Scripts

${bullets(scripts, "This playbook does not use any scripts.")}

### Commands

${bullets(commands, "This playbook does not use any commands.")}

## Playbook Inputs

---

${writeInputs(playbook)}

## Playbook Outputs

---

${writeOutputs(playbook)}

## Playbook Image

---

![${playbook.name}](../doc_files/${playbookFileName(playbook)}.png)
`;
}

function bullets(names: readonly string[], otherwise: string): string {
  const each = [...new Set(names)].sort();
  return each.length === 0 ? otherwise : each.map((name) => `* ${name}`).join("\n");
}

function writeInputs({ inputs }: Playbook): string {
  if (inputs.length === 0) return "There are no inputs for this playbook.";
  const rows = inputs.map(
    ({ key, description, value = "", required }) =>
      `| ${key} | ${markdownCell(description)} | ${markdownCell(value)} | ${required ? "Required" : "Optional"} |`,
  );
  return [
    "| **Name** | **Description** | **Default Value** | **Required** |",
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function writeOutputs({ outputs }: Playbook): string {
  if (outputs.length === 0) return "There are no outputs for this playbook.";
  const rows = outputs.map(
    ({ contextPath, description, type }) => `| ${contextPath} | ${markdownCell(description)} | ${type} |`,
  );
  return ["| **Path** | **Description** | **Type** |", "| --- | --- | --- |", ...rows].join("\n");
}
