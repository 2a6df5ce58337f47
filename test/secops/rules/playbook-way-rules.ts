import type { Json } from "../../../src/core/steps.ts";
import type { Rule, Tree } from "../../xsoar/rules/rule.ts";
import { must, unless } from "../../xsoar/rules/rule.ts";
import { actionOf, firstOurs } from "./playbook-action-rules.ts";
import {
  ancestorsOf,
  fieldsOf,
  nameOf,
  type PlaybookForms,
  parameterOf,
  parentOf,
  setParameter,
  waysOf,
  wayTo,
} from "./playbook-forms.ts";

/** All texts of a step that the platform fills in before it runs. */
function textsOf(step: Tree): string[] {
  const branches: Tree[] = JSON.parse(parameterOf(step, "Branches") ?? "[]");
  return [
    ...Object.values(fieldsOf(step)),
    ...["Question", "MessageToAssignee"].map((name) => parameterOf(step, name) ?? ""),
    ...branches.flatMap(({ Conditions }) => Conditions.map(({ FieldName }: Tree) => FieldName)),
  ];
}

/** Names every placeholder of a step that nothing above it could fill. */
function unfilled(forms: PlaybookForms, step: Tree): string[] {
  const above = ancestorsOf(forms, step);
  return unless(
    textsOf(step).flatMap((text) => text.match(/\[[^\]]*\]/g) ?? []),
    (placeholder) => {
      const [, name = "", rest = ""] = /^\[([^.|]+)\.(.*)\]$/.exec(placeholder) ?? [];
      if (name === "Event") return /^event_[A-Za-z_]+$/.test(rest);
      if (name === "Alert" || name === "Case") return { Alert: "Name", Case: "Id" }[name] === rest;
      const source = above.find((one) => nameOf(one) === name);
      const action = source && actionOf(source);
      if (rest === "is_success") return action !== undefined;
      const [, key, piped] = /^JsonResult\|(?: "([^"]+)")?( ?\|? count\(\))?$/.exec(rest) ?? [];
      return action?.example !== undefined && (key === undefined ? piped !== undefined : holds(action.example, key));
    },
    (placeholder) => `${nameOf(step)}: ${placeholder}`,
  );
}

function holds(example: Json, key: string): boolean {
  const [first = "", ...rest] = key.split(".");
  const one = Array.isArray(example) ? example[0] : example;
  if (typeof one !== "object" || one === null || Array.isArray(one) || !(first in one)) return false;
  return rest.length === 0 || holds(one[first] as Json, rest.join("."));
}

/** It may change something, unless the step itself says that it is only to look. */
function writes(step: Tree): boolean {
  const action = actionOf(step);
  const takesDryRun = action?.parameters.some(({ name }) => name === "Dry Run") === true;
  return action?.writes === true && !(takesDryRun && fieldsOf(step)["Dry Run"] === "true");
}

/** A person started the step, or chose an answer above it that is no refusal. */
function isApproved(forms: PlaybookForms, step: Tree): boolean {
  if (!step.is_automatic) return true;
  return [step, ...ancestorsOf(forms, step)].some((one) => {
    const parent = parentOf(forms, one);
    const way = wayTo(one);
    if (parent?.type !== "multi_choice_question" || parent.is_automatic || way === undefined) return false;
    const answer = waysOf(parent)[way]?.name ?? "No";
    return !/^(No|Leave)\b/.test(answer);
  });
}

/** The ways through a playbook (secops-platform.md 7.1 to 7.3, 7.5). */
export const playbookWayRules: readonly Rule<PlaybookForms>[] = [
  {
    code: "7.5",
    says: "there is one first step, and every other follows one that stands before it",
    check: ({ steps, ...forms }) => {
      const [first, ...others] = steps;
      return [
        ...must(
          first.parent_step_ids.length === 0 && first.parent_step_id === "" && first.previous_result_condition === null,
          nameOf(first),
        ),
        ...unless(
          others,
          (step) => {
            const parent = parentOf({ steps, ...forms }, step);
            return parent !== undefined && steps.indexOf(parent) < steps.indexOf(step);
          },
          nameOf,
        ),
        ...unless(steps, (step) => step.parent_step_id === step.parent_step_ids.join(";"), nameOf),
      ];
    },
    spoil: ({ steps }) => {
      steps[1].parent_step_ids = [];
      steps[1].parent_step_id = "";
    },
  },
  {
    code: "7.1",
    says: "a step behind a condition or a question names a branch or answer there is, and any other names none",
    check: (forms) =>
      unless(
        forms.steps.slice(1),
        (step) => {
          const parent = parentOf(forms, step);
          const way = wayTo(step);
          if (parent === undefined) return false;
          return parent.type === "action"
            ? step.previous_result_condition === "{}"
            : way !== undefined && way in waysOf(parent);
        },
        nameOf,
      ),
    spoil: (forms) => {
      const step = forms.steps.find((one) => wayTo(one) !== undefined);
      step.previous_result_condition = JSON.stringify({ [step.parent_step_ids[0]]: "9" });
    },
  },
  {
    code: "own",
    says: "every branch and every answer leads on to one step, and a step of another kind to no more than one",
    check: (forms) =>
      forms.steps.flatMap((step) => {
        const after = forms.steps.filter((one) => parentOf(forms, one) === step);
        if (step.type === "action") return must(after.length <= 1, nameOf(step));
        return unless(
          Object.keys(waysOf(step)),
          (way) => after.filter((one) => wayTo(one) === way).length === 1,
          (way) => `${nameOf(step)}: ${way}`,
        );
      }),
    spoil: ({ steps }) => {
      steps.splice(
        steps.findIndex((one) => wayTo(one) !== undefined && one.integration === "Siemplify"),
        1,
      );
    },
  },
  {
    code: "own",
    says: "every way ends with a comment that tells what came of it",
    check: (forms) =>
      unless(
        forms.steps.filter((step) => !forms.steps.some((one) => parentOf(forms, one) === step)),
        ({ integration }) => integration === "Siemplify",
        nameOf,
      ),
    spoil: ({ steps }) => {
      steps.at(-1).integration = "Flow";
    },
  },
  {
    code: "7.5",
    says: "every placeholder names the event, the case, or a result that a step above it is known to give",
    check: (forms) => forms.steps.flatMap((step) => unfilled(forms, step)),
    spoil: (forms) => {
      const step = firstOurs(forms);
      const fields = { ...fieldsOf(step), "Time Frame": `[${nameOf(step)}.JsonResult| "localguid"]` };
      setParameter(step, "ScriptParametersEntityFields", JSON.stringify(fields));
    },
  },
  {
    code: "7.3",
    says: "whatever changes something waits for a person, at that step or at a question above it",
    check: (forms) => unless(forms.steps.filter(writes), (step) => isApproved(forms, step), nameOf),
    spoil: (forms) => makeWrite(firstOurs(forms)),
  },
  {
    code: "7.2",
    says: "whatever changes something hangs on no branch that is taken where nothing else fits",
    check: (forms) =>
      unless(
        forms.steps.filter(writes),
        (step) =>
          [step, ...ancestorsOf(forms, step)].every((one) => {
            const parent = parentOf(forms, one);
            return parent === undefined || !waysOf(parent)[wayTo(one) ?? ""]?.isDefault;
          }),
        nameOf,
      ),
    spoil: (forms) => {
      const step = forms.steps.find((one) => {
        const parent = parentOf(forms, one);
        return parent !== undefined && waysOf(parent)[wayTo(one) ?? ""]?.isDefault;
      });
      makeWrite(step);
    },
  },
  {
    code: "7.4",
    says: "whatever changes something is not tried again by itself, and a failure of it is not passed over",
    check: ({ steps }) =>
      unless(
        steps.filter(writes),
        (step) =>
          step.auto_skip_on_failure === false &&
          JSON.parse(parameterOf(step, "RetryConfiguration") ?? "{}").Enabled === false,
        nameOf,
      ),
    spoil: (forms) => {
      const step = firstOurs(forms);
      makeWrite(step);
      setParameter(step, "RetryConfiguration", '{"Enabled":true,"IntervalInSeconds":30,"NumberOfRetries":3}');
    },
  },
  {
    code: "7.4",
    says: "a deletion names the folder for deleted mail, so that it can be taken back",
    check: ({ steps }) =>
      unless(
        steps.filter(({ action_name }) => /_Delete Quarantined Message$/.test(action_name)),
        (step) => fieldsOf(step)["Deleted Folder Name"] !== "",
        nameOf,
      ),
    spoil: (forms) => {
      const step = firstOurs(forms);
      makeWrite(step);
      setParameter(step, "ScriptParametersEntityFields", '{"Deleted Folder Name":""}');
    },
  },
];

/** Makes a step one that deletes, to break rules by. */
function makeWrite(step: Tree): void {
  step.integration = "ProofpointProtectionServer";
  step.action_name = "ProofpointProtectionServer_Delete Quarantined Message";
  step.is_automatic = true;
}
