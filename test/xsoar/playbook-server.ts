import { findXsoarCommand } from "../../src/hosts/xsoar/integration/commands.ts";
import type { Tree } from "./rules/rule.ts";
import { contextOf, type WarRoom } from "./war-room.ts";

/** What a run came to. */
interface Walk {
  /** Names of the tasks that were carried out, in order. */
  tasks: string[];
  /** What was printed as a note. */
  notes: string[];
  /** The task that waits for a person, or that failed; absent where the playbook came to its end. */
  stoppedAt?: string;
}

const modules = [{ brand: "ProofpointProtectionServer", state: "active" }];

/**
 * Walks a playbook as XSOAR is described to do (xsoar-platform.md 7), over the commands of a war room. A question waits
 * unless an answer is there for it; a task that fails ends the run unless it says where failures lead.
 */
export async function walkPlaybook(
  room: WarRoom,
  yml: Tree,
  given: Readonly<Record<string, string>>,
  answers: Readonly<Record<string, "yes" | "no">> = {},
  context: Tree = { modules },
): Promise<Walk> {
  const defaults = yml.inputs.map(({ key, value }: Tree) => [key, value.simple ?? ""]);
  context.inputs = { ...Object.fromEntries(defaults), ...given };
  const walk: Walk = { tasks: [], notes: [] };
  let task: Tree = yml.tasks[yml.starttaskid];
  while (task !== undefined) {
    const { name } = task.task;
    let way = "#none#";
    if (task.type === "condition" && task.conditions === undefined) {
      const answer = answers[name];
      if (answer === undefined) return { ...walk, stoppedAt: name };
      way = answer;
    } else if (task.type === "condition") {
      const [{ label, condition }] = task.conditions;
      way = condition.every((any: Tree[]) => any.some((test) => holds(test, context))) ? label : "#default#";
    } else if (task.type === "regular") {
      const args = Object.fromEntries(
        Object.entries(task.scriptarguments as Tree).map(([key, value]) => [key, resolve(value, context)]),
      );
      if (task.task.scriptName === "DeleteContext") erase(context, args.key as string);
      else if (task.task.scriptName === "Print") walk.notes.push(args.value as string);
      else {
        const command = task.task.script.split("|||")[1];
        const { entries } = await room.call(command, oneCall(command, args));
        for (const entry of entries) {
          for (const [key, items] of Object.entries(contextOf(entry))) merge(context, key, items);
        }
        if (entries.some(({ Type }) => Type === 4)) {
          if (!task.continueonerror) return { ...walk, stoppedAt: name };
          way = "#error#";
        }
      }
    }
    walk.tasks.push(name);
    task = yml.tasks[task.nexttasks?.[way]?.[0]];
  }
  return walk;
}

/** The arguments of one call: a server calls once for each item of a list that an argument does not take as such. */
function oneCall(command: string, args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const takesLists = (key: string) => findXsoarCommand(command)?.arguments.find(({ name }) => name === key)?.isArray;
  return Object.fromEntries(
    Object.entries(args).map(([key, value]) => {
      if (!Array.isArray(value) || takesLists(key)) return [key, value];
      if (value.length > 1) throw new Error(`${command} would be called ${value.length} times, for each ${key}.`);
      return [key, value[0]];
    }),
  );
}

function holds({ operator, left, right, ignorecase }: Tree, context: Tree): boolean {
  const value = resolve(left.value, context);
  if (operator === "isExists") return Array.isArray(value) ? value.length > 0 : value !== undefined;
  if (operator === "isNotEmpty") return Array.isArray(value) ? value.length > 0 : Boolean(value);
  if (operator === "greaterThan") return Number(value) > Number(right.value.simple);
  if (operator === "isEqualString") return isEqual(value, right.value.simple, ignorecase);
  throw new Error(`The stand-in has no operator ${operator}.`);
}

function isEqual(one: unknown, other: unknown, ignoresCase: boolean): boolean {
  const [first, second] = [String(one), String(other)];
  return ignoresCase ? first.toLowerCase() === second.toLowerCase() : first === second;
}

/** The value of an argument or of one side of a test. */
function resolve({ simple, complex }: Tree, context: Tree): unknown {
  if (complex === undefined) {
    const whole = /^\$\{([^}]*)\}$/.exec(simple);
    if (whole) return read(whole[1] ?? "", context);
    return simple.replace(/\$\{([^}]*)\}/g, (_: string, path: string) => [read(path, context)].flat().join(","));
  }
  const { root, accessor, filters = [], transformers = [] } = complex;
  const items = listOf(at(context, root)).filter((item) =>
    filters.every((any: Tree[]) =>
      any.some(({ left, right, ignorecase }) => {
        const field = at(item, left.value.simple.slice(root.length + 1));
        const wanted = right.iscontext ? at(context, right.value.simple) : right.value.simple;
        return isEqual(field, wanted, ignorecase);
      }),
    ),
  );
  const values = accessor === undefined ? items : items.flatMap((item) => at(item, accessor) ?? []);
  if (transformers.length > 0) return values.length;
  return Array.isArray(at(context, root)) ? values : values[0];
}

/** A reference such as `Proofpoint.User(val.uid == "ann").email`: text where there is nothing. */
function read(reference: string, context: Tree): unknown {
  const [, path = "", condition, rest = ""] = /^([\w.]+)(?:\((.*)\)\.)?(\w*)$/.exec(reference) ?? [];
  if (condition === undefined) {
    const value = at(context, path) ?? "";
    return Array.isArray(value) && value.length === 0 ? "" : value;
  }
  const isMeant = new Function("val", `return ${condition};`);
  return listOf(at(context, path))
    .filter((item) => isMeant(item))
    .map((item) => at(item, rest));
}

/** What stands at a path; below a list, what stands there in each of its items. */
function at(tree: Tree, path: string): Tree {
  return path
    .split(".")
    .reduce((inner, key) => (Array.isArray(inner) ? inner.flatMap((item) => item?.[key] ?? []) : inner?.[key]), tree);
}

function listOf(value: Tree): Tree[] {
  return value === undefined ? [] : [value].flat();
}

function erase(context: Tree, path: string): void {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const inner = keys.length === 0 ? context : at(context, keys.join("."));
  if (inner !== undefined) delete inner[last];
}

/** Adds to context what a command put out: what fits the key's condition is the same thing, and is brought up to date. */
function merge(context: Tree, key: string, items: unknown): void {
  const [, path = "", condition = "false"] = /^([\w.]+)(?:\((.*)\))?$/.exec(key) ?? [];
  const isSame = new Function("val", "obj", `return ${condition};`);
  const [first = "", second = ""] = path.split(".");
  context[first] ??= {};
  context[first][second] ??= [];
  const list: Tree[] = context[first][second];
  for (const item of listOf(items)) {
    const known = list.find((one) => isSame(one, item));
    if (known === undefined) list.push({ ...item });
    else Object.assign(known, item);
  }
}
