import { firstCommand, firstDecision, followers, idOf, tasksOf, usedInputs } from "./playbook-tasks.ts";
import { must, type Rule, type Tree, unless } from "./rule.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const known: Record<string, string> = {
  playbook:
    "id version name description starttaskid tasks view inputs outputs fromversion toversion tests marketplaces deprecated hidden",
  outer:
    "id taskid type task nexttasks scriptarguments conditions continueonerror continueonerrortype separatecontext view note timertriggers ignoreworker skipunavailable quietmode isoversize isautoswitchedtoquietmode form message loop",
  inner: "id version name description script scriptName playbookName type iscommand brand",
};

function unknown(place: string, tree: Tree): string[] {
  return Object.keys(tree).filter((key) => !(known[place] ?? "").split(" ").includes(key));
}

/** Rules over a playbook (xsoar-platform.md 7). */
export const playbookRules: readonly Rule<Tree>[] = [
  {
    code: "strict model",
    says: "playbook and tasks hold what is asked for, and no key that XSOAR does not know",
    check: (yml) => [
      ...unknown("playbook", yml),
      ...tasksOf(yml).flatMap((outer) => [...unknown("outer", outer), ...unknown("inner", outer.task)]),
      ...unless(
        ["id", "version", "name", "description", "starttaskid", "tasks", "view", "fromversion"],
        (key) => yml[key] !== undefined,
        String,
      ),
      ...unless(tasksOf(yml), ({ id, taskid, type, task, view }) => id && taskid && type && task && view, idOf),
    ],
    spoil: (yml) => {
      delete firstCommand(yml).view;
    },
  },
  {
    code: "BA100",
    says: "versions are -1",
    check: (yml) => [
      ...must(yml.version === -1, "version"),
      ...unless(tasksOf(yml), ({ task }) => task.version === -1, idOf),
    ],
    spoil: (yml) => {
      firstCommand(yml).task.version = 1;
    },
  },
  {
    code: "BA101, BA110, BA113",
    says: "the name is the id, does not say playbook and has no blanks at its edges",
    check: ({ id, name }) => must(id === name && !/playbook/i.test(name) && name === name.trim(), "name"),
    spoil: (yml) => {
      yml.name += " Playbook";
    },
  },
  {
    code: "naming",
    says: "the name is in title case and ends in the integration's, behind a hyphen",
    check: ({ name }) =>
      must(/^([A-Z]\w*|of|and) ?(\w+ )*- Proofpoint [\w ]+$/.test(name) && !/ [a-z]{4,}/.test(name), "name"),
    spoil: (yml) => {
      yml.name = "phishing response: Proofpoint";
    },
  },
  {
    code: "naming",
    says: "tasks begin with a capital, decisions end in a question mark, descriptions are sentences",
    check: (yml) => [
      ...unless(tasksOf(yml), ({ task, type }) => type === "start" || /^[A-Z]/.test(task.name), idOf),
      ...unless(tasksOf(yml), ({ task, type }) => (type === "condition") === task.name.endsWith("?"), idOf),
      ...unless(
        tasksOf(yml),
        ({ task, type }) => ["start", "title"].includes(type) || /^[A-Z][a-z]+s .*\.$/.test(task.description),
        idOf,
      ),
    ],
    spoil: (yml) => {
      firstDecision(yml).task.name = "Check it";
    },
  },
  {
    code: "tasks",
    says: "every task is kept under its own id, and the first is the start",
    check: (yml) => [
      ...unless(Object.keys(yml.tasks), (key) => yml.tasks[key].id === key, String),
      ...must(yml.tasks[yml.starttaskid]?.type === "start", "starttaskid"),
    ],
    spoil: (yml) => {
      firstCommand(yml).id = "99";
    },
  },
  {
    code: "PB103",
    says: "every task but the start follows some task, and leads only to tasks there are",
    check: (yml) => {
      const reached = tasksOf(yml).flatMap(followers);
      return [
        ...unless(tasksOf(yml), ({ id }) => id === yml.starttaskid || reached.includes(id), idOf),
        ...unless(reached, (id) => yml.tasks[id], String),
      ];
    },
    spoil: (yml) => {
      yml.tasks["98"] = { ...firstCommand(yml), id: "98" };
    },
  },
  {
    code: "PB108, PB109",
    says: "a task has a UUID of its own, the same outside and inside",
    check: (yml) => [
      ...unless(tasksOf(yml), ({ taskid, task }) => uuid.test(taskid) && taskid === task.id, idOf),
      ...must(new Set(tasksOf(yml).map(({ taskid }) => taskid)).size === tasksOf(yml).length, "taskid"),
    ],
    spoil: (yml) => {
      firstCommand(yml).taskid = "1";
    },
  },
  {
    code: "PB118, PB119",
    says: "inputs that are declared are used, and the other way round",
    check: (yml) => {
      const declared = yml.inputs.map(({ key }: Tree) => key);
      const used = usedInputs(yml);
      return [
        ...unless(declared, (key: string) => used.includes(key), String),
        ...unless(used, (key) => declared.includes(key), String),
      ];
    },
    spoil: (yml) => {
      yml.inputs.push({ key: "Unused", value: {}, required: false, description: "." });
    },
  },
  {
    code: "where it runs",
    says: "the oldest server, the marketplace and the tests are named",
    check: ({ fromversion, marketplaces, tests }) =>
      must(
        /^\d+\.\d+\.\d+$/.test(fromversion) && marketplaces.join() === "xsoar" && tests.join() === "No tests",
        "marketplaces",
      ),
    spoil: (yml) => {
      yml.marketplaces.push("marketplacev2");
    },
  },
  {
    code: "naming",
    says: "no two tasks have the same name",
    check: (yml) => {
      const names = tasksOf(yml).map(({ task }) => task.name);
      return must(new Set(names).size === names.length, "name");
    },
    spoil: (yml) => {
      firstCommand(yml).task.name = firstDecision(yml).task.name;
    },
  },
  {
    code: "view",
    says: "playbook and tasks have a place on the canvas, as JSON",
    check: (yml) => [
      ...must(JSON.parse(yml.view).paper.dimensions.height > 0, "view"),
      ...unless(tasksOf(yml), ({ view }) => Number.isFinite(JSON.parse(view).position.x), idOf),
    ],
    spoil: (yml) => {
      firstCommand(yml).view = '{"position": {}}';
    },
  },
  {
    code: "brand gate",
    says: "nothing is sent unless an instance of our brand is active",
    check: (yml) => {
      const gate = yml.tasks["1"];
      const { left, operator } = gate.conditions[0].condition[0][0];
      const filters = left.value.complex.filters.map(([filter]: Tree) => [
        filter.left.value.simple,
        filter.right.value.simple,
      ]);
      return [
        ...must(operator === "isExists", "operator"),
        ...must(left.value.complex.root === "modules" && left.value.complex.accessor === "brand", "left"),
        ...must(
          JSON.stringify(filters) ===
            JSON.stringify([
              ["modules.brand", "ProofpointProtectionServer"],
              ["modules.state", "active"],
            ]),
          "filters",
        ),
        ...must(yml.tasks["0"].nexttasks["#none#"].join() === "1", "start"),
      ];
    },
    spoil: (yml) => {
      yml.tasks["1"].conditions[0].condition[0][0].left.value.complex.filters[0][0].right.value.simple =
        "Proofpoint Protection Server v2";
    },
  },
  {
    code: "inputs",
    says: "inputs and outputs are declared in full",
    check: (yml) => [
      ...unless(
        yml.inputs as Tree[],
        (it) =>
          it.key && typeof it.required === "boolean" && it.description && it.value && it.playbookInputQuery === null,
        ({ key }) => key,
      ),
      ...unless(
        yml.outputs as Tree[],
        (it) => it.contextPath && it.description && it.type,
        (it) => it.contextPath,
      ),
    ],
    spoil: (yml) => {
      yml.inputs[0].required = "yes";
    },
  },
];
