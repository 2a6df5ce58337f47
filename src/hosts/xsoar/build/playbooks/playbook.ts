import { createHash } from "node:crypto";
import { oldestServer } from "../integration-yaml.ts";

/** A value from context as a condition or argument takes it: `inputs.Sender`, or a list with what has to hold of its items. */
export interface Reference {
  root: string;
  accessor?: string;
  /** All of them have to hold, each of a path and a text it equals. */
  where?: readonly (readonly [path: string, text: string | Reference])[];
}

/** A test of one value; `isEqualString` compares with `right`. */
export interface Test {
  left: Reference;
  operator: "isExists" | "isNotEmpty" | "isEqualString";
  right?: string;
}

/** What a task does beside leading on to others. */
export type Work =
  | { kind: "start" }
  | { kind: "title" }
  | { kind: "command"; command: string; arguments: Readonly<Record<string, string | Reference>>; isOptional?: boolean }
  | { kind: "script"; script: string; arguments: Readonly<Record<string, string>> }
  /** All tests hold: `yes`, else the default branch. */
  | { kind: "decision"; tests: readonly Test[] }
  /** A person chooses among the branches. */
  | { kind: "question" };

/** One task; its place in the list is its number. */
export interface Task {
  name: string;
  /** In the third person, a whole sentence. */
  description: string;
  work: Work;
  /** Branches and the tasks they lead to; `#none#` where there is but one way on. */
  next?: Readonly<Record<string, readonly number[]>>;
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

/** The value of an input, as an argument writes it. */
export function inputOf(key: string): string {
  return `\${inputs.${key}}`;
}

/** Distances on XSOAR's canvas. */
const columnWidth = 430;
const rowHeight = 175;

/** The playbook as XSOAR declares it (xsoar-platform.md 7). The same playbook always has the same ids. */
export function describePlaybook(playbook: Playbook): object {
  return {
    id: playbook.name,
    version: -1,
    name: playbook.name,
    description: playbook.description,
    starttaskid: "0",
    tasks: Object.fromEntries(
      playbook.tasks.map((task, index) => [String(index), describeTask(playbook, task, index)]),
    ),
    view: JSON.stringify({
      linkLabelsPosition: {},
      paper: { dimensions: { height: heightOf(playbook), width: widthOf(playbook), x: 50, y: 50 } },
    }),
    inputs: playbook.inputs.map(({ key, value, required = false, description }) => ({
      key,
      value: value === undefined ? {} : { simple: value },
      required,
      description,
      playbookInputQuery: null,
    })),
    outputs: playbook.outputs.map(({ contextPath, description, type }) => ({ contextPath, description, type })),
    fromversion: oldestServer,
    marketplaces: ["xsoar"],
    tests: ["No tests"],
  };
}

function describeTask({ name: playbook }: Playbook, task: Task, index: number): object {
  const id = uuidOf(`${playbook}/${index}`);
  const { work, next, at } = task;
  const { type, script, ...more } = describeWork(work);
  return {
    id: String(index),
    taskid: id,
    type,
    task: {
      id,
      version: -1,
      name: work.kind === "start" ? "" : task.name,
      description: task.description,
      ...script,
      type,
      iscommand: work.kind === "command",
      brand: "",
    },
    ...(next === undefined ? {} : { nexttasks: branches(next) }),
    ...more,
    separatecontext: false,
    view: JSON.stringify({ position: { x: 50 + at[0] * columnWidth, y: 50 + at[1] * rowHeight } }),
    note: false,
    timertriggers: [],
    ignoreworker: false,
    skipunavailable: work.kind === "command",
    quietmode: 0,
    isoversize: false,
    isautoswitchedtoquietmode: false,
  };
}

function branches(next: Readonly<Record<string, readonly number[]>>): object {
  return Object.fromEntries(Object.entries(next).map(([label, tasks]) => [label, tasks.map(String)]));
}

function describeWork(work: Work): { type: string; script?: object; [key: string]: unknown } {
  switch (work.kind) {
    case "start":
    case "title":
      return { type: work.kind };
    case "command":
      return {
        type: "regular",
        script: { script: `|||${work.command}` },
        scriptarguments: describeArguments(work.arguments),
        ...(work.isOptional ? { continueonerror: true, continueonerrortype: "errorPath" } : {}),
      };
    case "script":
      return {
        type: "regular",
        script: { scriptName: work.script },
        scriptarguments: describeArguments(work.arguments),
      };
    case "decision":
      return {
        type: "condition",
        conditions: [{ label: "yes", condition: work.tests.map((test) => [describeTest(test)]) }],
      };
    case "question":
      return { type: "condition" };
  }
}

function describeArguments(given: Readonly<Record<string, string | Reference>>): object {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, describeValue(value)]));
}

function describeValue(value: string | Reference): object {
  if (typeof value === "string") return { simple: value };
  const { root, accessor, where } = value;
  return {
    complex: {
      root,
      ...(accessor === undefined ? {} : { accessor }),
      ...(where === undefined ? {} : { filters: where.map(([path, text]) => [describeEquality(path, text)]) }),
    },
  };
}

function describeEquality(path: string, text: string | Reference): object {
  const isReference = typeof text !== "string";
  return {
    operator: "isEqualString",
    left: { value: { simple: path }, iscontext: true },
    right: {
      value: { simple: isReference ? [text.root, text.accessor].filter(Boolean).join(".") : text },
      ...(isReference ? { iscontext: true } : {}),
    },
    ignorecase: true,
  };
}

function describeTest({ left, operator, right }: Test): object {
  return {
    operator,
    left: { value: describeValue(left), iscontext: true },
    ...(right === undefined ? {} : { right: { value: { simple: right } }, ignorecase: true }),
  };
}

/** A UUID made of a text, so that ids do not change from build to build. */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}

function heightOf({ tasks }: Playbook): number {
  return Math.max(...tasks.map(({ at }) => at[1])) * rowHeight + 95;
}

function widthOf({ tasks }: Playbook): number {
  return Math.max(...tasks.map(({ at }) => at[0])) * columnWidth + 380;
}
