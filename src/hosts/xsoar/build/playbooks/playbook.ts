/** A value from context as a condition or argument takes it: `inputs.Sender`, or a list with what has to hold of its items. */
export interface Reference {
  root: string;
  accessor?: string;
  /** All of them have to hold, each of a path and a text it equals. */
  where?: readonly (readonly [path: string, text: string | Reference])[];
  /** How many there are is meant. */
  isCounted?: boolean;
}

/** A test of one value; `isEqualString` compares with `right`, to the letter and the case, `greaterThan` as numbers. */
export interface Test {
  left: Reference;
  operator: "isExists" | "isNotEmpty" | "isEqualString" | "greaterThan";
  right?: string;
}

/** What a task does beside leading on to others. */
export type Work =
  | { kind: "start" }
  | { kind: "title" }
  | { kind: "command"; command: string; arguments: Readonly<Record<string, string | Reference>>; isOptional?: boolean }
  /** `isKept`: what it says is kept among the notes of the incident. */
  | { kind: "script"; script: string; arguments: Readonly<Record<string, string>>; isKept?: boolean }
  /** All tests hold, or with `isAny` one of them: `yes`, else the default branch. */
  | { kind: "decision"; tests: readonly Test[]; isAny?: boolean }
  /** A person chooses among the branches. */
  | { kind: "question" };

/** One task; its place in the list is its number. */
export interface Task {
  /** No two of a playbook's tasks bear the same. */
  name: string;
  /** In the third person, a whole sentence. */
  description: string;
  work: Work;
  /** Branches and the names of the tasks they lead to; `#none#` where there is but one way on. */
  next?: Readonly<Record<string, string>>;
  /** Column and row on the canvas. */
  at: readonly [column: number, row: number];
}

/** A playbook, from which its file, its README and its picture are made. */
export interface Playbook {
  name: string;
  description: string;
  inputs: readonly { key: string; value?: string; required?: boolean; description: string }[];
  outputs: readonly { contextPath: string; description: string; type: string }[];
  tasks: readonly Task[];
}

/** True where an input holds anything. */
export function given(input: string): Test {
  return { left: { root: "inputs", accessor: input }, operator: "isNotEmpty" };
}

/** The value of an input, as an argument writes it. */
export function inputOf(key: string): string {
  return `\${inputs.${key}}`;
}

/** What a command left in context, as an argument writes it. */
export function contextOf(path: string): string {
  return `\${${path}}`;
}

/** The number of the task of that name. Throws where there is none. */
export function numberOf({ name: playbook, tasks }: Playbook, name: string): number {
  const number = tasks.findIndex((task) => task.name === name);
  if (number === -1) throw new Error(`"${playbook}" has no task "${name}".`);
  return number;
}
