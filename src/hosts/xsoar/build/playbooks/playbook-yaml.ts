import { oldestServer } from "../integration-yaml.ts";
import { nameUuid } from "./name-uuid.ts";
import { numberOf, type Playbook, type Reference, type Task, type Test, type Work } from "./playbook.ts";

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

function describeTask(playbook: Playbook, task: Task, index: number): object {
  const id = nameUuid(`${playbook.name}/${task.name}`);
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
    ...(next === undefined ? {} : { nexttasks: branches(playbook, next) }),
    ...more,
    separatecontext: false,
    view: JSON.stringify({ position: { x: 50 + at[0] * columnWidth, y: 50 + at[1] * rowHeight } }),
    note: work.kind === "script" && work.isKept === true,
    timertriggers: [],
    ignoreworker: false,
    skipunavailable: work.kind === "command",
    quietmode: 0,
    isoversize: false,
    isautoswitchedtoquietmode: false,
  };
}

function branches(playbook: Playbook, next: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(next).map(([label, name]) => [label, [String(numberOf(playbook, name))]]));
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
    case "decision": {
      const tests = work.tests.map(describeTest);
      return {
        type: "condition",
        conditions: [{ label: "yes", condition: work.isAny ? [tests] : tests.map((test) => [test]) }],
      };
    }
    case "question":
      return { type: "condition" };
  }
}

function describeArguments(given: Readonly<Record<string, string | Reference>>): object {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, describeValue(value)]));
}

function describeValue(value: string | Reference): object {
  if (typeof value === "string") return { simple: value };
  const { root, accessor, where, isCounted } = value;
  return {
    complex: {
      root,
      ...(accessor === undefined ? {} : { accessor }),
      ...(where === undefined ? {} : { filters: where.map(([path, text]) => [describeEquality(path, text)]) }),
      ...(isCounted ? { transformers: [{ operator: "count" }] } : {}),
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
    ...(right === undefined ? {} : { right: { value: { simple: right } } }),
  };
}

function heightOf({ tasks }: Playbook): number {
  return Math.max(...tasks.map(({ at }) => at[1])) * rowHeight + 95;
}

function widthOf({ tasks }: Playbook): number {
  return Math.max(...tasks.map(({ at }) => at[0])) * columnWidth + 380;
}
