import type { SecopsAction } from "../catalogue/action.ts";
import { actionAiBuilt } from "./ai-descriptions.ts";
import { json, packageFacts } from "./package-facts.ts";
import { actionParameterNumbers } from "./platform-numbers.ts";

const { identifier, creator } = packageFacts;

/** What playbooks read the success of an action from. */
const scriptResultName = "is_success";

/** Where the source tree keeps the JSON example of an action. */
export function examplePath({ stem }: SecopsAction): string {
  return `resources/${stem}_JsonResult_example.json`;
}

/** `actions/<stem>.yaml` of the source tree. */
export function actionSource(action: SecopsAction): object {
  return {
    name: action.name,
    description: action.description,
    integration_identifier: identifier,
    parameters: action.parameters.map(({ name, kind, description, isMandatory, defaultValue, options }) => ({
      name,
      type: kind,
      description,
      is_mandatory: isMandatory,
      ...(defaultValue === undefined ? {} : { default_value: defaultValue }),
      ...(options === undefined ? {} : { optional_values: options }),
    })),
    dynamic_results_metadata:
      action.example === undefined
        ? []
        : [{ result_name: "JsonResult", show_result: true, result_example_path: examplePath(action) }],
    creator,
    is_async: false,
    script_result_name: scriptResultName,
    simulation_data_json: simulationData(action),
  };
}

/** `ActionsDefinitions/<stem>.actiondef` of the built package. */
export function actionBuilt(action: SecopsAction): object {
  return {
    Name: action.name,
    Description: action.description,
    IntegrationIdentifier: identifier,
    Parameters: action.parameters.map(
      ({ name, kind, description, isMandatory, defaultValue = null, options = null }) => ({
        Name: name,
        Description: description,
        IsMandatory: isMandatory,
        Type: actionParameterNumbers[kind],
        DefaultValue: defaultValue,
        Value: defaultValue,
        OptionalValues: options,
      }),
    ),
    DynamicResultsMetadata:
      action.example === undefined
        ? []
        : [{ ResultName: "JsonResult", ShowResult: true, ResultExample: json(action.example) }],
    Creator: creator,
    IsAsync: false,
    IsCustom: false,
    IsEnabled: true,
    ScriptResultName: scriptResultName,
    SimulationDataJson: simulationData(action),
    Version: 1,
    ...actionAiBuilt(action),
  };
}

/** The types of entities the action runs on, for the playbook simulator (secops-platform.md 3.12). */
function simulationData({ entityTypes }: SecopsAction): string {
  return JSON.stringify({ Entities: entityTypes });
}
