import { isDeepStrictEqual } from "node:util";
import type { Rule, Tree } from "../../xsoar/rules/rule.ts";
import { must, unless } from "../../xsoar/rules/rule.ts";
import { nameOf, type PlaybookForms } from "./playbook-forms.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Keys of each file of a folder, and what the built form calls them where that is more than another spelling. */
const keys = {
  definition:
    "identifier is_enable version name description type original_workflow_identifier creator priority category is_automatic is_archived is_debug_mode debug_alert_identifier debug_base_alert_identifier template_name version_comment version_creator last_editor default_access_level creation_source simulation_clone permissions environments",
  display:
    "type content_hub_display_name author contact_email tags contribution_type should_display_in_content_hub acknowledge_debug_data_included",
  trigger: "identifier is_enabled playbook_id type_ conditions logical_operator environments playbook_name",
  condition: "field_name value match_type custom_operator_name",
  step: "name description identifier original_step_id playbook_id parent_step_ids parent_step_id instance_name is_automatic is_skippable action_provider action_name integration parameters previous_result_condition type auto_skip_on_failure parallel_actions start_loop_step_id parent_container_id step_debug_data is_debug_mock_data is_touched_by_ai",
  parameter: "step_id playbook_id name value",
  note: "description version item_name item_type publish_time new regressive deprecated removed",
};

/** Built names that are not the source's in other letters. */
const otherwise: Record<string, string> = {
  type: "PlaybookType",
  original_step_id: "OriginalStepIdentifier",
  playbook_id: "ParentWorkflowIdentifier",
  parent_step_ids: "ParentStepIdentifiers",
  parent_step_id: "ParentStepIdentifier",
  step_id: "ParentStepIdentifier",
  start_loop_step_id: "StartLoopStepIdentifier",
  parent_container_id: "ParentContainerIdentifier",
};

/** What the built form writes for the words of the source (secops-platform.md 2.3, 7.1). */
const numbers: Record<string, Record<string, number>> = {
  type: { playbook: 0, block: 1 },
  default_access_level: { no_access: 0, view: 1, edit: 2 },
  creation_source: { user_or_api_initiated: 0 },
  stepType: { action: 0, multi_choice_question: 1, condition: 4 },
  match_type: {
    ...{ equal: 0, contains: 1, starts_with: 2, greater_than: 3, not_equal: 5 },
    ...{ not_contains: 6, is_empty: 7, is_not_empty: 8 },
  },
  logical_operator: { and: 0, or: 1 },
};

function exactly(where: string, tree: Tree, kind: keyof typeof keys): string[] {
  const wanted = keys[kind].split(" ");
  return isDeepStrictEqual(Object.keys(tree).sort(), [...wanted].sort()) ? [] : [where];
}

function builtName(key: string): string {
  return otherwise[key] ?? key.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Names the keys by which a part of the source and of the built form differ. */
function differences(where: string, source: Tree, built: Tree, skipped: string[] = []): string[] {
  return unless(
    Object.keys(source).filter((key) => !skipped.includes(key)),
    (key) => isDeepStrictEqual(numbers[key]?.[source[key]] ?? source[key], built?.[builtName(key)]),
    (key) => `${where}: ${key}`,
  );
}

/** What a playbook's files must be like (secops-platform.md 7.1), and that both forms say the same. */
export const playbookFileRules: readonly Rule<PlaybookForms>[] = [
  {
    code: "7.1",
    says: "the folder holds the files that belong there, and each has the keys of its kind and no others",
    check: ({ paths, definition, display, trigger, steps, notes }) => [
      ...unless(
        ["definition", "display_info", "trigger", "overviews", "release_notes"],
        (name) => paths.includes(`${name}.yaml`),
        String,
      ),
      ...must(paths.length === 5 + steps.length, "files"),
      ...exactly("definition", definition, "definition"),
      ...exactly("display_info", display, "display"),
      ...exactly("trigger", trigger, "trigger"),
      ...trigger.conditions.flatMap((one: Tree) => exactly("trigger condition", one, "condition")),
      ...steps.flatMap((step) => [
        ...exactly(nameOf(step), step, "step"),
        ...step.parameters.flatMap((one: Tree) => exactly(`${nameOf(step)}: parameter`, one, "parameter")),
      ]),
      ...notes.flatMap((note) => exactly("release note", note, "note")),
    ],
    spoil: ({ steps }) => {
      delete steps[0].step_debug_data;
    },
  },
  {
    code: "7.1",
    says: "a step's file bears its name in small letters and the first five digits of its id",
    check: ({ paths, steps }) =>
      unless(
        steps,
        ({ instance_name, identifier }) =>
          paths.includes(`steps/${instance_name.toLowerCase().replaceAll(" ", "_")}_${identifier.slice(0, 5)}.yaml`),
        nameOf,
      ),
    spoil: ({ steps }) => {
      steps[0].identifier = "00000000-0000-4000-8000-000000000000";
    },
  },
  {
    code: "7.1",
    says: "it is a playbook that is switched off, belongs to no debugging, and is its own original",
    check: ({ definition: it, display }) => [
      ...must(it.is_enable === false && it.is_archived === false, "is_enable"),
      ...must(it.type === "playbook" && display.type === "playbook", "type"),
      ...must(it.original_workflow_identifier === it.identifier, "original_workflow_identifier"),
      ...must([1, 2, 3].includes(it.priority) && Number.isInteger(it.category), "priority"),
      ...must(it.version >= 1 && it.permissions.length === 0, "version"),
      ...must(
        it.default_access_level in (numbers.default_access_level ?? {}) &&
          it.creation_source === "user_or_api_initiated",
        "access",
      ),
    ],
    spoil: ({ definition }) => {
      definition.is_enable = true;
    },
  },
  {
    code: "7.5",
    says: "debugging is off, and nothing of it is left in a step",
    check: ({ definition: it, display, steps }) => [
      ...must(it.is_debug_mode === false && display.acknowledge_debug_data_included === true, "debug"),
      ...must(it.debug_alert_identifier === null && it.debug_base_alert_identifier === null, "debug alert"),
      ...unless(steps, (step) => step.step_debug_data === null && step.is_debug_mock_data === false, nameOf),
    ],
    spoil: ({ definition }) => {
      definition.is_debug_mode = true;
    },
  },
  {
    code: "7.1",
    says: "the name holds letters, digits, blanks, dashes and underscores alone, and is the one that is shown",
    check: ({ definition: { name, description }, display }) => [
      ...must(/^[A-Za-z0-9 _-]{1,150}$/.test(name) && display.content_hub_display_name === name, "name"),
      ...must(/^[A-Z].{20,500}\.$/.test(description), "description"),
      ...must(["google", "partner", "third_party"].includes(display.contribution_type), "contribution_type"),
    ],
    spoil: ({ definition }) => {
      definition.name = "PPS: Phishing (response)";
    },
  },
  {
    code: "7.5",
    says: "environments are all of them, and no other is named",
    check: ({ definition, trigger }) =>
      unless([definition, trigger], ({ environments }) => isDeepStrictEqual(environments, ["*"]), String),
    spoil: ({ trigger }) => {
      trigger.environments = ["*", "Production"];
    },
  },
  {
    code: "7.5",
    says: "overviews, where there are any, are for roles that every site has",
    check: ({ overviews }) =>
      unless(
        overviews.flatMap(({ roles }) => roles as string[]),
        (role) => ["Administrator", "Tier1", "Tier2", "Tier3", "SocManager", "CISO"].includes(role),
        String,
      ),
    spoil: ({ overviews }) => {
      overviews.push({ roles: ["Mail Team"] });
    },
  },
  {
    code: "7.1",
    says: "one trigger starts it, by what the case is about",
    check: ({ definition, trigger, built }) => [
      ...must(built.Definition.Triggers.length === 1 && trigger.is_enabled === true, "trigger"),
      ...must(trigger.playbook_id === definition.identifier && trigger.playbook_name === null, "playbook_id"),
      ...must(trigger.type_ === "case_data" && trigger.logical_operator === "or", "type_"),
      ...unless(
        trigger.conditions,
        (it: Tree) =>
          /^\[(Alert|Event)\.\w+\]$/.test(it.field_name) &&
          it.value !== "" &&
          it.match_type in (numbers.match_type ?? {}),
        (it: Tree) => it.field_name,
      ),
      ...must(trigger.conditions.length > 0, "conditions"),
    ],
    spoil: ({ trigger }) => {
      trigger.conditions[0].value = "";
    },
  },
  {
    code: "7.1",
    says: "ids are UUIDs of their own, and parameters know their step and playbook by them",
    check: ({ definition, trigger, steps }) => {
      const ids = [definition.identifier, trigger.identifier, ...steps.map(({ identifier }) => identifier)];
      return [
        ...unless(ids, (id) => uuid.test(id), String),
        ...must(new Set(ids).size === ids.length, "doubles"),
        ...unless(
          steps,
          (step) =>
            step.playbook_id === definition.identifier &&
            step.original_step_id === step.identifier &&
            step.parameters.every(
              (one: Tree) => one.step_id === step.identifier && one.playbook_id === definition.identifier,
            ),
          nameOf,
        ),
      ];
    },
    spoil: ({ steps }) => {
      steps[0].parameters[0].step_id = steps[1].identifier;
    },
  },
  {
    code: "2.1",
    says: "a release note tells of this version on a day",
    check: ({ definition, notes }) => [
      ...unless(
        notes,
        (note) => note.item_type === "Playbook" && /^\d{4}-\d\d-\d\d$/.test(note.publish_time) && note.description,
        ({ item_name }) => item_name,
      ),
      ...must(notes.at(-1)?.version === definition.version && notes.at(-1)?.item_name === definition.name, "version"),
    ],
    spoil: ({ notes }) => {
      notes[0].publish_time = "21.11.2026";
    },
  },
  {
    code: "own",
    says: "the built form says what the folder says, in its own names and numbers",
    check: ({ definition, trigger, steps, built }) => {
      const { Definition: made } = built;
      return [
        ...must(built.CategoryName === "Content Hub", "CategoryName"),
        ...must([...built.OverviewTemplatesDetails, ...built.WidgetTemplates].length === 0, "overviews"),
        ...differences("definition", definition, made, ["last_editor"]),
        ...differences("trigger", { ...trigger, type_: undefined }, made.Triggers[0], [
          ...["type_", "playbook_id", "playbook_name", "conditions"],
        ]),
        ...must(
          made.Triggers[0].Type === 10 && made.Triggers[0].DefinitionIdentifier === definition.identifier,
          "Type",
        ),
        ...trigger.conditions.flatMap((one: Tree, index: number) =>
          differences("trigger condition", one, made.Triggers[0].Conditions[index]),
        ),
        ...must(made.Steps.length === steps.length, "steps"),
        ...steps.flatMap((step, index) => [
          ...differences(nameOf(step), step, made.Steps[index], ["type", "parameters"]),
          ...must(made.Steps[index]?.Type === numbers.stepType?.[step.type], `${nameOf(step)}: type`),
          ...step.parameters.flatMap((one: Tree, place: number) =>
            differences(nameOf(step), one, made.Steps[index]?.Parameters[place]),
          ),
        ]),
      ];
    },
    spoil: ({ built }) => {
      built.Definition.Steps[0].IsAutomatic = !built.Definition.Steps[0].IsAutomatic;
    },
  },
];
