import { findAction } from "../../../src/hosts/secops/catalogue/actions.ts";
import type { Rule, Tree } from "../../xsoar/rules/rule.ts";
import { unless } from "../../xsoar/rules/rule.ts";
import { identifier } from "./pack.ts";
import { fieldsOf, nameOf, type PlaybookForms, parameterOf, setParameter, waysOf } from "./playbook-forms.ts";

/** The catalogue's action that a step runs; undefined for all other steps. */
export function actionOf({ integration, action_name }: Tree) {
  return integration === identifier ? findAction(action_name.slice(identifier.length + 1)) : undefined;
}

function isOurs({ integration }: Tree): boolean {
  return integration === identifier;
}

export function firstOurs({ steps }: PlaybookForms): Tree {
  return steps.find(isOurs);
}

/** What steps hand to whom (secops-platform.md 7.5). */
export const playbookActionRules: readonly Rule<PlaybookForms>[] = [
  {
    code: "7.5",
    says: "its action is in the catalogue, or the platform's own that writes a comment",
    check: ({ steps }) =>
      unless(
        steps.filter(({ type }) => type === "action"),
        (step) =>
          parameterOf(step, "ScriptName") === step.action_name &&
          (actionOf(step) !== undefined || step.action_name === "Siemplify_Case Comment"),
        nameOf,
      ),
    spoil: (forms) => {
      const step = firstOurs(forms);
      step.action_name = `${identifier}_Search Quarantined Emails`;
      step.name = step.action_name;
      setParameter(step, "ScriptName", step.action_name);
    },
  },
  {
    code: "7.5",
    says: "an action gets every parameter it declares and no other",
    check: ({ steps }) =>
      unless(
        steps.filter(isOurs),
        (step) =>
          Object.keys(fieldsOf(step)).join() ===
          actionOf(step)
            ?.parameters.map(({ name }) => name)
            .join(),
        nameOf,
      ),
    spoil: (forms) => {
      const step = firstOurs(forms);
      setParameter(step, "ScriptParametersEntityFields", JSON.stringify({ ...fieldsOf(step), Senders: "" }));
    },
  },
  {
    code: "7.5",
    says: "what must not be empty is filled, and what is chosen is among the choices",
    check: ({ steps }) =>
      steps.filter(isOurs).flatMap((step) =>
        unless(
          actionOf(step)?.parameters ?? [],
          ({ name, kind, isMandatory, options }) => {
            const value = fieldsOf(step)[name];
            if (typeof value !== "string" || (isMandatory && value === "")) return false;
            return kind === "ddl" ? options?.includes(value) : kind !== "boolean" || /^(true|false)$/.test(value);
          },
          ({ name }) => `${nameOf(step)}: ${name}`,
        ),
      ),
    spoil: (forms) => {
      const step = forms.steps.find((one) => isOurs(one) && "Time Frame" in fieldsOf(one));
      setParameter(step, "ScriptParametersEntityFields", JSON.stringify({ ...fieldsOf(step), "Time Frame": "Today" }));
    },
  },
  {
    code: "7.1",
    says: "a comment says something, and a question asks something that has answers",
    check: ({ steps }) => [
      ...unless(
        steps.filter(({ integration }) => integration === "Siemplify"),
        (step) => Object.keys(fieldsOf(step)).join() === "Comment" && (fieldsOf(step).Comment ?? "").length > 10,
        nameOf,
      ),
      ...unless(
        steps.filter(({ type }) => type === "multi_choice_question"),
        (step) => {
          const answers = Object.keys(waysOf(step));
          return (
            /\?$/.test(parameterOf(step, "Question") ?? "") &&
            answers.length > 1 &&
            answers.every((answer, index) => answer === String(index + 1))
          );
        },
        nameOf,
      ),
    ],
    spoil: ({ steps }) => {
      const comment = steps.find(({ integration }) => integration === "Siemplify");
      setParameter(comment, "ScriptParametersEntityFields", '{"Comment":""}');
    },
  },
];
