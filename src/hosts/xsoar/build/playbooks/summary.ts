import type { Task } from "./playbook.ts";

const isDone = 'val.outcome == "done" || val.outcome == "accepted" || val.outcome == "unchanged"';

/** The values of those of which a condition over `val` holds, as a text writes them. */
export function outcomesOf(path: string, condition: string, value: string): string {
  return `\${${path}(${condition}).${value}}`;
}

/** The values of what was done, as a text writes them; `path` is where a command keeps its outcomes. */
export function doneOf(path: string, value: string): string {
  return outcomesOf(path, isDone, value);
}

/** The values of all the rest: refused, failed, not found, and what nobody knows of. */
export function notDoneOf(path: string, value: string): string {
  return outcomesOf(path, `!(${isDone})`, value);
}

export const summaryName = "Summarise what was done";

/** Tells in one place what came of it, as a note that stays with the incident. */
export function summarise(title: string, lines: readonly string[], at: Task["at"]): Task {
  const value = [`### ${title}`, ...lines.map((line) => `- ${line}`)].join("\n");
  return {
    name: summaryName,
    description: "Prints what was found, what was done and what was not, as a note.",
    work: { kind: "script", script: "Print", arguments: { value }, isKept: true },
    next: { "#none#": "Done" },
    at,
  };
}
