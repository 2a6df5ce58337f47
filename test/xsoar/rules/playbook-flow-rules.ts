import { findXsoarCommand } from "../../../src/hosts/xsoar/integration/commands.ts";
import { firstCommand, firstDecision, followers, idOf, named, tasksOf } from "./playbook-tasks.ts";
import { must, type Rule, type Tree, unless } from "./rule.ts";

/** The test by which an input may waive a person's word: anything but exactly this asks. */
const waiver = {
  operator: "isEqualString",
  left: { value: { complex: { root: "inputs", accessor: "RequireApproval" } }, iscontext: true },
  right: { value: { simple: "False" } },
};

function isWaiver({ conditions }: Tree): boolean {
  return JSON.stringify(conditions) === JSON.stringify([{ label: "yes", condition: [[waiver]] }]);
}

/** A person chooses: XSOAR waits where a condition has nothing to test. */
function isQuestion({ type, conditions }: Tree): boolean {
  return type === "condition" && conditions === undefined;
}

function isHarmful(task: Tree): boolean {
  return task.task.iscommand && findXsoarCommand(named(task))?.isHarmful !== false && !isDryRun(task);
}

/** Told to change nothing by the playbook itself, and not by what somebody hands to it. */
function isDryRun(task: Tree): boolean {
  const takesIt = findXsoarCommand(named(task))?.arguments.some(({ name }) => name === "dry_run");
  return takesIt === true && JSON.stringify(task.scriptarguments.dry_run) === '{"simple":"true"}';
}

/** Harmful tasks that some way reaches without an agreement of their own: what one agreed to does not cover the next. */
function unapproved(yml: Tree): string[] {
  const complaints = new Set<string>();
  const seen = new Set<string>();
  const walk = (id: string, isAgreed: boolean) => {
    const task = yml.tasks[id];
    if (task === undefined || seen.has(`${id} ${isAgreed}`)) return;
    seen.add(`${id} ${isAgreed}`);
    if (isHarmful(task) && !isAgreed) complaints.add(idOf(task));
    for (const [label, next] of Object.entries(task.nexttasks ?? {}) as [string, string[]][]) {
      const agrees = label === "yes" && (isQuestion(task) || isWaiver(task));
      for (const to of next) walk(to, agrees || (isAgreed && !isHarmful(task)));
    }
  };
  walk(yml.starttaskid, false);
  return [...complaints];
}

/** All tasks that a way leads to from a task, itself included. */
function reachedFrom(yml: Tree, id: string, seen = new Set<string>()): Set<string> {
  if (seen.has(id) || yml.tasks[id] === undefined) return seen;
  seen.add(id);
  for (const next of followers(yml.tasks[id])) reachedFrom(yml, next, seen);
  return seen;
}

function hasLoop(yml: Tree): boolean {
  return tasksOf(yml).some((task) => followers(task).some((next) => reachedFrom(yml, next).has(task.id)));
}

/** Paths of context a task refers to, without what it does not take from a command. */
function references({ scriptarguments = {}, conditions = [] }: Tree): string[] {
  const paths: string[] = [];
  const visit = (value: Tree) => {
    if (typeof value === "string") {
      for (const [, root = "", rest = ""] of value.matchAll(/\$\{([\w.]+)(?:\(.*?\)(?=[.}]))?((?:\.\w+)*)\}/g)) {
        paths.push(root + rest);
      }
    } else if (typeof value === "object" && value !== null) {
      if (typeof value.root === "string") paths.push([value.root, value.accessor].filter(Boolean).join("."));
      if (value.left?.value?.simple && value.left.iscontext) paths.push(value.left.value.simple);
      Object.values(value).forEach(visit);
    }
  };
  visit([scriptarguments, conditions]);
  return paths.filter((path) => !/^(inputs|modules)(\.|$)/.test(path));
}

function declares(task: Tree, path: string): boolean {
  const outputs = task.task.iscommand ? (findXsoarCommand(named(task))?.outputs ?? []) : [];
  return outputs.some(({ contextPath }) => contextPath === path || contextPath.startsWith(`${path}.`));
}

/** Rules over the ways through a playbook (xsoar-platform.md 7). */
export const playbookFlowRules: readonly Rule<Tree>[] = [
  {
    code: "approval",
    says: "nothing is changed on any way unless a person agreed, or an input says exactly that none need be asked",
    check: unapproved,
    spoil: (yml) => {
      firstCommand(yml).task.script = "|||proofpoint-pps-delete-message";
      yml.tasks["1"].nexttasks.yes = [firstCommand(yml).id];
    },
  },
  {
    code: "approval",
    says: "an input that may waive a person's word is there to ask unless it is changed",
    check: (yml) =>
      unless(
        yml.inputs as Tree[],
        ({ key, value, required }) => key !== "RequireApproval" || (value.simple === "True" && !required),
        ({ key }) => key,
      ),
    spoil: (yml) => {
      yml.inputs.push({ key: "RequireApproval", value: { simple: "False" }, required: false });
    },
  },
  {
    code: "approval",
    says: "what an input has to say to be obeyed is compared to the letter and the case",
    check: (yml) =>
      unless(
        tasksOf(yml),
        ({ conditions = [] }) =>
          conditions.every(({ condition }: Tree) => condition.flat().every((test: Tree) => !test.ignorecase)),
        idOf,
      ),
    spoil: (yml) => {
      firstDecision(yml).conditions[0].condition[0][0].ignorecase = true;
    },
  },
  {
    code: "ways",
    says: "every task is reached from the start, none comes round again, and every way ends at the end",
    check: (yml) => {
      const reached = reachedFrom(yml, yml.starttaskid);
      return [
        ...unless(tasksOf(yml), ({ id }) => reached.has(id), idOf),
        ...must(!hasLoop(yml), "loop"),
        ...unless(tasksOf(yml), (task) => followers(task).length > 0 || task.type === "title", idOf),
      ];
    },
    spoil: (yml) => {
      firstCommand(yml).nexttasks = {};
    },
  },
  {
    code: "errorPath",
    says: "a task that may fail says where that leads, and no other does",
    check: (yml) =>
      unless(
        tasksOf(yml),
        ({ continueonerror, continueonerrortype, nexttasks = {} }) =>
          (continueonerror === true) === (continueonerrortype === "errorPath") &&
          (continueonerror === true) === "#error#" in nexttasks,
        idOf,
      ),
    spoil: (yml) => {
      const task = firstCommand(yml);
      if (task.continueonerror) delete task.nexttasks["#error#"];
      else task.continueonerror = true;
    },
  },
  {
    code: "context",
    says: "what a task takes from context is an output of a command before it",
    check: (yml) =>
      tasksOf(yml).flatMap((task) => {
        const before = tasksOf(yml).filter((other) => other !== task && reachedFrom(yml, other.id).has(task.id));
        return unless(
          references(task),
          (path) => before.some((other) => declares(other, path)),
          (path) => `${idOf(task)}: ${path}`,
        );
      }),
    spoil: (yml) => {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: XSOAR's own way to write a reference
      firstCommand(yml).scriptarguments.guid = { simple: "${Proofpoint.QuarantinedMessage.localguids}" };
    },
  },
  {
    code: "context",
    says: "what the playbook gives is an output of one of its commands",
    check: (yml) =>
      unless(
        yml.outputs as Tree[],
        ({ contextPath }) =>
          tasksOf(yml).some(
            (task) => declares(task, contextPath) || (contextPath === "File" && /message-download$/.test(named(task))),
          ),
        ({ contextPath }) => contextPath,
      ),
    spoil: (yml) => {
      yml.outputs.push({ contextPath: "Proofpoint.Nothing", description: "Nothing.", type: "unknown" });
    },
  },
  {
    code: "context",
    says: "what earlier commands left is forgotten before a command of this run writes it anew, and only then",
    check: (yml) =>
      tasksOf(yml)
        .filter(({ task }) => task.scriptName === "DeleteContext")
        .flatMap((task) => {
          const key = task.scriptarguments.key.simple;
          const after = reachedFrom(yml, task.id);
          return unless(
            tasksOf(yml).filter((other) => declares(other, key)),
            (other) => after.has(other.id),
            (other) => `${idOf(task)}: ${idOf(other)}`,
          );
        })
        .concat(
          unless(
            yml.outputs as Tree[],
            ({ contextPath }) =>
              contextPath === "File" ||
              tasksOf(yml).some(({ scriptarguments = {} }) => scriptarguments.key?.simple === contextPath),
            ({ contextPath }) => contextPath,
          ),
        ),
    spoil: (yml) => {
      yml.outputs.push({ contextPath: "Proofpoint.Folder", description: "Folders.", type: "unknown" });
    },
  },
  {
    code: "view",
    says: "no two tasks stand on the same spot",
    check: (yml) => {
      const spots = tasksOf(yml).map(({ view }) => JSON.stringify(JSON.parse(view).position));
      return must(new Set(spots).size === spots.length, "view");
    },
    spoil: (yml) => {
      yml.tasks["0"].view = yml.tasks["1"].view;
    },
  },
];
