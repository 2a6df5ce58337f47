import type { Files } from "../archive.ts";
import { json, packageFacts } from "../package-facts.ts";
import { type DescribedPlaybook, type DescribedStep, describePlaybook } from "./described-playbook.ts";
import { matchTypes } from "./playbook.ts";
import { playbookFacts } from "./playbook-facts.ts";
import { playbooks } from "./playbooks.ts";

/** The numbers that built playbooks have for types of steps (secops-platform.md 7.1). */
const stepTypes = { action: 0, multi_choice_question: 1, condition: 4 } as const;

const caseDataTrigger = 10;
const anyOf = 1;
const mayEdit = 2;

/** The playbooks as the platform's page imports them: a JSON file each, none in a folder. */
export function makeBuiltPlaybooks(): Files {
  return Object.fromEntries(
    playbooks.map(describePlaybook).map((playbook) => [`${playbook.name}.json`, json(builtOf(playbook))]),
  );
}

function builtOf(playbook: DescribedPlaybook): object {
  const { id, name, description, triggerId, triggers, steps } = playbook;
  return {
    CategoryName: "Content Hub",
    OverviewTemplatesDetails: [],
    WidgetTemplates: [],
    Definition: {
      Identifier: id,
      IsEnable: false,
      Version: playbookFacts.version,
      IsArchived: false,
      IsAutomatic: true,
      Name: name,
      Category: playbookFacts.category,
      Description: description,
      Priority: playbookFacts.priority,
      Creator: packageFacts.creator,
      VersionCreator: null,
      VersionComment: null,
      OriginalWorkflowIdentifier: id,
      TemplateName: null,
      PlaybookType: 0,
      IsDebugMode: false,
      DebugBaseAlertIdentifier: null,
      DebugAlertIdentifier: null,
      SimulationClone: false,
      DefaultAccessLevel: mayEdit,
      CreationSource: 0,
      Steps: steps.map((step) => stepOf(playbook, step)),
      Triggers: [
        {
          Identifier: triggerId,
          IsEnabled: true,
          DefinitionIdentifier: id,
          Type: caseDataTrigger,
          WorkflowName: null,
          LogicalOperator: anyOf,
          Conditions: triggers.map(({ field, match, value }) => ({
            FieldName: field,
            Value: value,
            MatchType: matchTypes[match],
            CustomOperatorName: null,
          })),
          Environments: playbookFacts.environments,
        },
      ],
      OverviewTemplates: [],
      Permissions: [],
      Environments: playbookFacts.environments,
    },
  };
}

function stepOf({ id: playbookId }: DescribedPlaybook, step: DescribedStep): object {
  return {
    Name: step.name,
    Description: step.description,
    Identifier: step.id,
    OriginalStepIdentifier: step.id,
    ParentWorkflowIdentifier: playbookId,
    ParentStepIdentifiers: step.parentId === "" ? [] : [step.parentId],
    ParentStepIdentifier: step.parentId,
    PreviousResultCondition: step.condition,
    InstanceName: step.instanceName,
    IsAutomatic: step.isAutomatic,
    IsSkippable: false,
    ActionProvider: step.provider,
    ActionName: step.action,
    Type: stepTypes[step.type],
    Integration: step.integration,
    Parameters: Object.entries(step.parameters).map(([name, value]) => ({
      ParentStepIdentifier: step.id,
      ParentWorkflowIdentifier: playbookId,
      Name: name,
      Value: value,
    })),
    AutoSkipOnFailure: step.isSkippedOnFailure,
    IsDebugMockData: false,
    StepDebugData: null,
    StartLoopStepIdentifier: null,
    ParallelActions: [],
    ParentContainerIdentifier: null,
    IsTouchedByAi: false,
  };
}
