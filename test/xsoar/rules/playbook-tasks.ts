import type { Tree } from "./rule.ts";

export function tasksOf({ tasks }: Tree): Tree[] {
  return Object.values(tasks);
}

export function idOf({ id }: Tree): string {
  return `task ${id}`;
}

export function followers(task: Tree): string[] {
  return Object.values(task.nexttasks ?? {}).flat() as string[];
}

export function named(command: Tree): string {
  return (command.task.script ?? "").split("|||")[1] ?? "";
}

/** Inputs that a playbook refers to, in whatever place. */
export function usedInputs(yml: Tree): string[] {
  const text = JSON.stringify(yml.tasks);
  const written = [...text.matchAll(/\binputs\.(\w+)/g)].map(([, key]) => key ?? "");
  const accessed = [...text.matchAll(/"root":"inputs","accessor":"(\w+)"/g)].map(([, key]) => key ?? "");
  return [...new Set([...written, ...accessed])];
}

export function firstCommand(yml: Tree): Tree {
  return tasksOf(yml).find(({ task }) => task.iscommand);
}

export function firstDecision(yml: Tree): Tree {
  return tasksOf(yml).find(({ conditions }) => conditions);
}
