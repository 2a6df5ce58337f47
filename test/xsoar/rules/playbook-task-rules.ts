import { findXsoarCommand } from "../../../src/hosts/xsoar/integration/commands.ts";
import { firstCommand, firstDecision, idOf, named, tasksOf } from "./playbook-tasks.ts";
import { type Rule, type Tree, unless } from "./rule.ts";

const operators = ["isEqualString", "isNotEmpty", "isExists", "containsGeneral", "greaterThan", "in"];

const types = ["start", "regular", "playbook", "condition", "title", "section", "standard", "collection"];

/** Every test of a condition or a filter, wherever it stands. */
function testsIn(value: Tree): Tree[] {
  if (typeof value !== "object" || value === null) return [];
  const { transformers: _, ...others } = value;
  const inner = Object.values(others).flatMap(testsIn);
  return typeof value.operator === "string" ? [value, ...inner] : inner;
}

/** Everything a reference is put through before it is used, wherever it stands. */
function transformersIn(value: Tree): Tree[] {
  if (typeof value !== "object" || value === null) return [];
  return [...(value.transformers ?? []), ...Object.values(value).flatMap(transformersIn)];
}

function isFilled(argument: Tree): boolean {
  return argument !== undefined && (argument.simple ?? argument.complex?.root ?? "") !== "";
}

/** Rules over what the tasks of a playbook do (xsoar-platform.md 7). */
export const playbookTaskRules: readonly Rule<Tree>[] = [
  {
    code: "PB106, PB100",
    says: "no task is bound to an instance or a role",
    check: (yml) =>
      unless(tasksOf(yml), ({ scriptarguments = {}, rolename }) => !scriptarguments.using && !rolename, idOf),
    spoil: (yml) => {
      firstCommand(yml).scriptarguments.using = { simple: "pps_instance_1" };
    },
  },
  {
    code: "PB105",
    says: "context is never deleted as a whole",
    check: (yml) => unless(tasksOf(yml), ({ scriptarguments = {} }) => scriptarguments.all?.simple !== "yes", idOf),
    spoil: (yml) => {
      firstCommand(yml).scriptarguments.all = { simple: "yes" };
    },
  },
  {
    code: "PB121",
    says: "a reference in a simple value stands in braces",
    check: (yml) =>
      unless(
        tasksOf(yml).flatMap(({ scriptarguments = {} }) => Object.values(scriptarguments) as Tree[]),
        ({ simple = "" }) => !/\binputs\./.test(simple) || /\$\{inputs\.\w+\}/.test(simple),
        ({ simple }) => simple,
      ),
    spoil: (yml) => {
      firstCommand(yml).scriptarguments.guid = { simple: "inputs.MessageID" };
    },
  },
  {
    code: "PB122-PB126",
    says: "conditions and branches match one to one, and the default is never the only branch",
    check: (yml) =>
      unless(
        tasksOf(yml).filter(({ type }) => type === "condition"),
        ({ conditions, nexttasks }) => {
          const branches = Object.keys(nexttasks).map((label) => label.toLowerCase());
          const others = branches.filter((label) => label !== "#default#");
          const labels = conditions?.map(({ label }: Tree) => label.toLowerCase()) ?? others;
          return others.length > 0 && [...labels].sort().join() === [...others].sort().join();
        },
        idOf,
      ),
    spoil: (yml) => {
      delete firstDecision(yml).nexttasks.yes;
    },
  },
  {
    code: "operators",
    says: "conditions and filters test with operators that XSOAR has, and say what is read from context",
    check: (yml) =>
      unless(
        tasksOf(yml).flatMap(({ conditions, scriptarguments }) => testsIn([conditions, scriptarguments])),
        ({ operator, left }) => operators.includes(operator) && left.iscontext,
        ({ operator }) => operator,
      ),
    spoil: (yml) => {
      firstDecision(yml).conditions[0].condition[0][0].operator = "is";
    },
  },
  {
    code: "transformers",
    says: "what is counted is compared by a number, and nothing else is done to a value",
    check: (yml) => [
      ...unless(
        transformersIn(yml.tasks),
        (transformer) => JSON.stringify(transformer) === '{"operator":"count"}',
        ({ operator }) => operator,
      ),
      ...unless(
        tasksOf(yml).flatMap(({ conditions }) => testsIn(conditions)),
        ({ operator, left, right }) =>
          (operator === "greaterThan") === transformersIn(left).length > 0 &&
          (operator !== "greaterThan" || /^\d+$/.test(right.value.simple)),
        ({ operator }) => operator,
      ),
    ],
    spoil: (yml) => {
      firstDecision(yml).conditions[0].condition[0][0].left.value.complex.transformers = [{ operator: "uniq" }];
    },
  },
  {
    code: "commands",
    says: "commands are ours, take the arguments they are given and get those they need, whichever brand offers them",
    check: (yml) => {
      const commands = tasksOf(yml).filter(({ task }) => task.iscommand);
      return unless(
        commands,
        (command) => {
          const declared = findXsoarCommand(named(command))?.arguments ?? [];
          const given = Object.keys(command.scriptarguments);
          return (
            given.every((name) => declared.some((argument) => argument.name === name)) &&
            declared.every(({ name, required }) => !required || isFilled(command.scriptarguments[name])) &&
            declared.length > 0
          );
        },
        idOf,
      );
    },
    spoil: (yml) => {
      firstCommand(yml).scriptarguments.folder = { simple: "Phish" };
    },
  },
  {
    code: "scripts",
    says: "a task runs a command, a script or nothing, and says so",
    check: (yml) =>
      unless(
        tasksOf(yml),
        ({ task, type }) => !task.iscommand || (type === "regular" && /^\|\|\|/.test(task.script)),
        idOf,
      ),
    spoil: (yml) => {
      firstCommand(yml).task.script = "proofpoint-pps-get-user";
    },
  },
  {
    code: "scripts",
    says: "scripts are those of the pack that this one depends on",
    check: (yml) =>
      unless(
        tasksOf(yml),
        ({ task }) => task.scriptName === undefined || ["DeleteContext", "Print"].includes(task.scriptName),
        idOf,
      ),
    spoil: (yml) => {
      firstCommand(yml).task.scriptName = "Sleep";
    },
  },
  {
    code: "types",
    says: "a task is of a type that XSOAR has, the same outside and inside, and as quiet as it may be",
    check: (yml) =>
      unless(
        tasksOf(yml),
        ({ type, task, quietmode }) => types.includes(type) && task.type === type && [0, 1, 2].includes(quietmode),
        idOf,
      ),
    spoil: (yml) => {
      firstCommand(yml).type = "command";
    },
  },
  {
    code: "skipunavailable",
    says: "a task whose command no instance offers is passed over",
    check: (yml) => unless(tasksOf(yml), ({ task, skipunavailable }) => skipunavailable === task.iscommand, idOf),
    spoil: (yml) => {
      firstCommand(yml).skipunavailable = false;
    },
  },
];
