import { markdownCell } from "../../../xsoar/build/markdown-cell.ts";
import type { Playbook, Step } from "./playbook.ts";
import { playbooks } from "./playbooks.ts";

/** What each playbook does, what starts it and where it asks, as a Markdown table. */
export function writePlaybookTable(): string {
  const rows = playbooks.map(
    (playbook) =>
      `| ${playbook.name} | ${markdownCell(playbook.description)} | ${writeTriggers(playbook)} | ${writeQuestions(playbook)} |\n`,
  );
  return `| playbook | does | starts where | asks |\n|---|---|---|---|\n${rows.join("")}`;
}

function writeTriggers({ triggers }: Playbook): string {
  return triggers.map(({ field, match, value }) => `\`${field}\` ${match} \`${value}\``).join(", or ");
}

function writeQuestions({ steps }: Playbook): string {
  return markdownCell(steps.flatMap(questionOf).join("; "));
}

function questionOf({ name, work }: Step): string[] {
  if (work.kind === "question") return [`${name}: ${work.answers.join(", ")}`];
  return work.kind === "action" && work.approval !== undefined ? [`${name}: waits until a person starts it`] : [];
}
