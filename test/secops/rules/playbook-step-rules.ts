import type { Rule, Tree } from "../../xsoar/rules/rule.ts";
import { must, unless } from "../../xsoar/rules/rule.ts";
import { firstOurs } from "./playbook-action-rules.ts";
import { nameOf, type PlaybookForms, parameterOf, setParameter } from "./playbook-forms.ts";

const common = [
  ...["AssignedUsers", "HasApprovalLink", "MessageToAssignee", "PendingActionTimeout", "SelectedScopeName"],
  "UseEntitiesLoopScope",
];
const ofScripts = [
  ...["DynamicInjectionInstancePlaceholder", "FallbackIntegrationInstance", "FetchInstanceByName"],
  ...["IntegrationInstance", "RetryConfiguration", "ScriptName", "ScriptParametersEntityFields"],
];

/** Parameters of each kind of step, by the name of its action (secops-platform.md 7.1). */
const parametersOfFlow: Record<string, string[]> = {
  IfFlowCondition: [...common, "Branches", "ErrorFallbackBranch"],
  MultiChoiceQuestion: [...common, "Question", "Answers"],
};

const operators = [0, 1, 2, 3, 5, 6, 7, 8];

function firstOf(type: string, { steps }: PlaybookForms): Tree {
  return steps.find((step) => step.type === type);
}

function branchesOf(step: Tree): Tree[] {
  return JSON.parse(parameterOf(step, "Branches") ?? "[]");
}

function number(text: string | null | undefined): number {
  return Number(text ?? Number.NaN);
}

/** What single steps must be like (secops-platform.md 7.1, 7.2, 7.5). */
export const playbookStepRules: readonly Rule<PlaybookForms>[] = [
  {
    code: "7.1",
    says: "no two steps bear one name, and names fit into placeholders",
    check: ({ steps }) => [
      ...must(new Set(steps.map(nameOf)).size === steps.length, "doubles"),
      ...unless(steps, (step) => /^[A-Z][A-Za-z0-9 ]*$/.test(nameOf(step)), nameOf),
      ...unless(steps, ({ description }) => /^[A-Z].*\.$/.test(description), nameOf),
    ],
    spoil: ({ steps }) => {
      steps[1].instance_name = nameOf(steps[0]);
    },
  },
  {
    code: "7.1",
    says: "a step is an action, a condition or a question, and no block, loop or container",
    check: ({ steps }) => [
      ...unless(
        steps,
        ({ type, action_provider, integration, action_name, name }) =>
          type === "action"
            ? action_provider === "Scripts" && action_name === name && action_name.startsWith(`${integration}_`)
            : action_provider === "Flow" &&
              integration === "Flow" &&
              action_name ===
                { condition: "IfFlowCondition", multi_choice_question: "MultiChoiceQuestion" }[type as string],
        nameOf,
      ),
      ...unless(
        steps,
        (step) =>
          step.parallel_actions.length === 0 &&
          step.start_loop_step_id === null &&
          step.parent_container_id === null &&
          step.is_touched_by_ai === false &&
          step.is_skippable === false,
        nameOf,
      ),
    ],
    spoil: (forms) => {
      firstOurs(forms).action_provider = "Flow";
    },
  },
  {
    code: "7.1",
    says: "a step has the parameters of its kind, all of them texts or nothing",
    check: ({ steps }) => [
      ...unless(
        steps,
        (step) => {
          const wanted = parametersOfFlow[step.action_name] ?? [...common, ...ofScripts];
          return (
            step.parameters
              .map(({ name }: Tree) => name)
              .sort()
              .join() === [...wanted].sort().join()
          );
        },
        nameOf,
      ),
      ...unless(
        steps.flatMap(({ parameters }) => parameters as Tree[]),
        ({ value }) => value === null || typeof value === "string",
        ({ name }) => name,
      ),
    ],
    spoil: (forms) => {
      firstOurs(forms).parameters.pop();
    },
  },
  {
    code: "7.5",
    says: "whoever is asked has at least 300 seconds; polling, where there is any, is slow enough and ends",
    check: ({ steps }) => [
      ...unless(steps, (step) => step.is_automatic || number(parameterOf(step, "PendingActionTimeout")) >= 300, nameOf),
      ...unless(
        steps.filter((step) => parameterOf(step, "AsyncPollingInterval") !== undefined),
        (step) => {
          const [interval, timeout] = ["AsyncPollingInterval", "AsyncActionTimeout"].map((name) =>
            number(parameterOf(step, name)),
          ) as [number, number];
          return interval >= 30 && interval <= timeout && timeout <= 1_209_600;
        },
        nameOf,
      ),
    ],
    spoil: ({ steps }) => {
      steps[0].is_automatic = false;
      setParameter(steps[0], "PendingActionTimeout", "60");
    },
  },
  {
    code: "7.5",
    says: "nobody is assigned to a step that runs by itself",
    check: ({ steps }) =>
      unless(
        steps,
        (step) =>
          !step.is_automatic ||
          ["AssignedUsers", "MessageToAssignee", "PendingActionTimeout", "HasApprovalLink"].every(
            (name) => parameterOf(step, name) === null,
          ),
        nameOf,
      ),
    spoil: (forms) => {
      const step = forms.steps.find((one) => one.is_automatic);
      setParameter(step, "AssignedUsers", "@Tier1");
    },
  },
  {
    code: "7.3",
    says: "a step that a person starts asks a question and offers a link to answer it",
    check: ({ steps }) =>
      unless(
        steps.filter(({ type, is_automatic }) => type === "action" && !is_automatic),
        (step) =>
          /\?/.test(parameterOf(step, "MessageToAssignee") ?? "") && parameterOf(step, "HasApprovalLink") === "true",
        nameOf,
      ),
    spoil: (forms) => {
      const step = firstOurs(forms);
      step.is_automatic = false;
      setParameter(step, "MessageToAssignee", "");
    },
  },
  {
    code: "7.1",
    says: "a condition's branches are numbered from 1, test something, and leave the last to what fits none",
    check: ({ steps }) =>
      unless(
        steps.filter(({ type }) => type === "condition"),
        (step) => {
          const branches = branchesOf(step);
          return branches.every(({ Order, IsDefaultBranch, Conditions, LogicalOperator, Name }, index) => {
            const isLast = index === branches.length - 1;
            return (
              Order === index + 1 &&
              IsDefaultBranch === isLast &&
              Conditions.length > 0 !== isLast &&
              [0, 1].includes(LogicalOperator) &&
              Name !== "" &&
              Conditions.every(
                (it: Tree) => operators.includes(it.Operator) && [2, 7].includes(it.Type) && it.Value !== "",
              )
            );
          });
        },
        nameOf,
      ),
    spoil: (forms) => {
      const step = firstOf("condition", forms);
      const [first, ...others] = branchesOf(step);
      setParameter(step, "Branches", JSON.stringify([{ ...first, IsDefaultBranch: true }, ...others]));
    },
  },
  {
    code: "7.2",
    says: "hits are tested by counts above 0, or before that above 1, success by both its spellings, and an event by what it must hold",
    check: ({ steps }) =>
      steps
        .filter(({ type }) => type === "condition")
        .flatMap((step) =>
          unless(
            branchesOf(step).filter(({ IsDefaultBranch }) => !IsDefaultBranch),
            ({ Conditions, LogicalOperator, Order }) => {
              const [first] = Conditions as Tree[];
              const after = branchesOf(step).find((other) => other.Order === Order + 1)?.Conditions[0];
              if (/\| count\(\)\]$/.test(first.FieldName)) {
                const isSeveral =
                  Conditions.length === 1 && after?.FieldName === first.FieldName && after?.Value === "0";
                return (
                  LogicalOperator === 0 &&
                  Conditions.every(
                    (it: Tree) =>
                      /\| count\(\)\]$/.test(it.FieldName) &&
                      it.Operator === 3 &&
                      it.Type === 2 &&
                      (it.Value === "0" || (it.Value === "1" && isSeveral)),
                  )
                );
              }
              if (/\.is_success\]$/.test(first.FieldName)) {
                return (
                  LogicalOperator === 1 &&
                  Conditions.map(({ Value }: Tree) => Value).join() === "True,true" &&
                  Conditions.every((it: Tree) => it.Operator === 0 && it.FieldName === first.FieldName)
                );
              }
              return /^\[Event\./.test(first.FieldName) && first.Operator === 1 && first.Value === "@";
            },
            ({ Name }) => `${nameOf(step)}: ${Name}`,
          ),
        ),
    spoil: (forms) => {
      const step = firstOf("condition", forms);
      const [first, ...others] = branchesOf(step);
      first.Conditions[0].Operator = 8;
      setParameter(step, "Branches", JSON.stringify([first, ...others]));
    },
  },
  {
    code: "7.1",
    says: "a step runs on all entities, by the instance of its environment, and its retry is written out",
    check: ({ steps }) =>
      unless(
        steps,
        (step) =>
          parameterOf(step, "SelectedScopeName") === "All entities" &&
          (step.type !== "action" ||
            (parameterOf(step, "IntegrationInstance") === "AutomaticEnvironment" &&
              parameterOf(step, "FetchInstanceByName") === "false" &&
              JSON.parse(parameterOf(step, "RetryConfiguration") ?? "{}").NumberOfRetries === 1)),
        nameOf,
      ),
    spoil: (forms) => setParameter(firstOurs(forms), "IntegrationInstance", "instance"),
  },
];
