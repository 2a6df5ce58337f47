import { findAction } from "../../catalogue/actions.ts";
import { packageFacts } from "../package-facts.ts";
import { matchTypes, type Test, type Work } from "./playbook.ts";

/** Names and values as the platform keeps them: texts, or nothing. */
export type StepParameters = Readonly<Record<string, string | null>>;

/** What kind of step it is, in the platform's words (secops-platform.md 7.1). */
export interface StepKind {
  name: string;
  type: "action" | "condition" | "multi_choice_question";
  provider: "Scripts" | "Flow";
  integration: string;
  action: string;
  isAutomatic: boolean;
  isSkippedOnFailure: boolean;
  parameters: StepParameters;
}

/** A day, in seconds, for a person to answer. */
const timeToAnswer = "86400";

const common: StepParameters = {
  AssignedUsers: null,
  HasApprovalLink: null,
  MessageToAssignee: null,
  PendingActionTimeout: null,
  SelectedScopeName: "All entities",
  UseEntitiesLoopScope: null,
};

/** What the platform has to know of a step, by what the step does. */
export function describeWork(work: Work): StepKind {
  switch (work.kind) {
    case "action": {
      const { identifier } = packageFacts;
      const { action, given, approval, isOptional } = work;
      const asked: StepParameters =
        approval === undefined
          ? {}
          : { MessageToAssignee: approval, PendingActionTimeout: timeToAnswer, HasApprovalLink: "true" };
      return {
        ...script(identifier, action, parametersOf(action, given), asked),
        isAutomatic: approval === undefined,
        isSkippedOnFailure: isOptional === true,
      };
    }
    case "comment":
      return script("Siemplify", "Case Comment", { Comment: work.text });
    case "condition": {
      const branches = work.branches.map(({ name, tests, isAny }, index) => ({
        LogicalOperator: isAny ? 1 : 0,
        Conditions: tests.map(describeTest),
        Order: index + 1,
        IsDefaultBranch: false,
        Name: name,
      }));
      const last = {
        LogicalOperator: 0,
        Conditions: [],
        Order: branches.length + 1,
        IsDefaultBranch: true,
        Name: work.otherwise,
      };
      return flow("Condition", "condition", "IfFlowCondition", {
        Branches: JSON.stringify([...branches, last]),
        ErrorFallbackBranch: null,
      });
    }
    case "question": {
      const answers = Object.fromEntries(work.answers.map((answer, index) => [String(index + 1), answer]));
      return {
        ...flow("Multi-Choice Question", "multi_choice_question", "MultiChoiceQuestion", {
          Answers: JSON.stringify(answers),
          PendingActionTimeout: timeToAnswer,
          Question: work.question,
        }),
        isAutomatic: false,
      };
    }
  }
}

/** The number of a branch or an answer, by which the step that follows it knows it. Throws where there is none. */
export function numberOfWay(work: Work, way: string): string {
  const ways =
    work.kind === "condition"
      ? [...work.branches.map(({ name }) => name), work.otherwise]
      : work.kind === "question"
        ? work.answers
        : [];
  const index = ways.indexOf(way);
  if (index === -1) throw new Error(`There is no way "${way}".`);
  return String(index + 1);
}

/** Every parameter of an action: those given, and the others as they start. Throws where there is no such action. */
function parametersOf(name: string, given: Readonly<Record<string, string>>): Record<string, string> {
  const action = findAction(name);
  if (action === undefined) throw new Error(`There is no action "${name}".`);
  const starts = action.parameters.map(({ name: parameter, defaultValue = "" }) => [parameter, String(defaultValue)]);
  return { ...Object.fromEntries(starts), ...given };
}

function script(
  integration: string,
  action: string,
  parameters: Readonly<Record<string, string>>,
  asked: StepParameters = {},
): StepKind {
  const name = `${integration}_${action}`;
  return {
    name,
    type: "action",
    provider: "Scripts",
    integration,
    action: name,
    isAutomatic: true,
    isSkippedOnFailure: false,
    parameters: {
      ...common,
      DynamicInjectionInstancePlaceholder: "",
      FallbackIntegrationInstance: null,
      FetchInstanceByName: "false",
      IntegrationInstance: "AutomaticEnvironment",
      // Written out although it is off: a step that is repeated may change things twice.
      RetryConfiguration: JSON.stringify({ Enabled: false, IntervalInSeconds: 30, NumberOfRetries: 1 }),
      ScriptName: name,
      ScriptParametersEntityFields: JSON.stringify(parameters),
      ...asked,
    },
  };
}

function flow(name: string, type: StepKind["type"], action: string, parameters: StepParameters): StepKind {
  return {
    name,
    type,
    provider: "Flow",
    integration: "Flow",
    action,
    isAutomatic: true,
    isSkippedOnFailure: false,
    parameters: { ...common, ...parameters },
  };
}

/** Numbers and truth values are of the one type, texts of the other (secops-platform.md 7.1). */
function describeTest({ field, match, value }: Test): object {
  return {
    Operator: matchTypes[match],
    FieldName: field,
    Type: match === "greater_than" ? 2 : 7,
    Value: value,
    CustomOperatorName: null,
  };
}
