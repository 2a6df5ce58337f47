import type { Rule, Tree } from "../../xsoar/rules/rule.ts";
import { must, unless } from "../../xsoar/rules/rule.ts";
import type { Pack } from "./pack.ts";

const taken = ["ProofPointPS", "ProofPointTAP", "ProofpointThreatProtection", "ProofpointCloudThreatResponse"];

const displayName = /^[a-zA-Z0-9-\s]{1,150}$/;
const parameterName = /^[a-zA-Z0-9-'\s]{1,150}$/;

/** Types of an action's parameter that can be loaded from source, with the number each has when it is built. */
const actionTypes: Record<string, number> = {
  ...{ string: 0, boolean: 1, playbook_name: 2, user: 3, stage: 4, close_case_reasons: 5, close_root_cause: 6 },
  ...{ case_priorities: 7, email_content: 10, content: 11, password: 12, entity_type: 13, multi_values: 14, ddl: 15 },
  ...{ code: 16, time_span_seconds: 17, multi_choice_parameter: 21, null: -1 },
};

/** The same of a configuration parameter. */
const configurationTypes: Record<string, number> = {
  ...{ boolean: 0, integer: 1, string: 2, password: 3, ip: 4, ip_or_host: 5, url: 6, domain: 7, email: 8, values: 9 },
  ...{ values_as_semicolon_separated: 10, multi_value_selection: 11, script: 12, numerical_values: 13 },
};

const choices = ["ddl", "multi_choice_parameter", "multi_values"];

function parametersOf(actions: Record<string, Tree>): { where: string; parameter: Tree }[] {
  return Object.values(actions).flatMap(({ name, parameters }) =>
    parameters.map((parameter: Tree) => ({ where: `${name}: ${parameter.name}`, parameter })),
  );
}

function isNameOfParameter(name: string): boolean {
  return parameterName.test(name) && name.trim().split(/\s+/).length <= 13;
}

function firstChoice({ actions }: Pack): Tree {
  return parametersOf(actions).find(({ parameter }) => parameter.type === "ddl")?.parameter;
}

/** Enumerations, limits and name patterns (secops-platform.md 2.3 and 2.4). */
export const limitRules: readonly Rule<Pack>[] = [
  {
    code: "16",
    says: "the identifier is one, is nobody else's, and is the same everywhere",
    check: ({ definition, def, details, actions, actionDefs }) => [
      ...must(/^[a-zA-Z0-9-_]{1,150}$/.test(def.Identifier) && !taken.includes(def.Identifier), "identifier"),
      ...unless(
        [
          ...[definition.identifier, details.Identifier],
          ...definition.parameters.map((one: Tree) => one.integration_identifier),
          ...def.IntegrationProperties.map((one: Tree) => one.IntegrationIdentifier),
          ...Object.values(actions).map((one) => one.integration_identifier),
          ...Object.values(actionDefs).map((one) => one.IntegrationIdentifier),
        ],
        (name) => name === def.Identifier,
        String,
      ),
    ],
    spoil: ({ actions }) => {
      (actions.ping as Tree).integration_identifier = "ProofPointPS";
    },
  },
  {
    code: "16",
    says: "names of the integration and of actions hold no slash, bracket, underscore or comma",
    check: ({ definition, actions }) =>
      unless(
        [definition, ...Object.values(actions)],
        ({ name }) => displayName.test(name),
        ({ name }) => name,
      ),
    spoil: ({ actions }) => {
      (actions.ping as Tree).name = "Ping (Test Connectivity)";
    },
  },
  {
    code: "16",
    says: "no two actions, and no two parameters of one, have the same name",
    check: ({ actions, definition }) =>
      [
        Object.values(actions),
        definition.parameters,
        ...Object.values(actions).map(({ parameters }) => parameters),
      ].flatMap((named: Tree[]) =>
        unless(
          named,
          ({ name }) => named.filter((other) => other.name === name).length === 1,
          ({ name }) => name,
        ),
      ),
    spoil: ({ definition }) => {
      definition.parameters.push(structuredClone(definition.parameters[0]));
    },
  },
  {
    code: "16",
    says: "names of parameters hold letters, digits, blanks, dashes and apostrophes, and at most 13 words",
    check: ({ definition, actions }) => [
      ...unless(
        parametersOf(actions),
        ({ parameter }) => isNameOfParameter(parameter.name),
        ({ where }) => where,
      ),
      ...unless(
        definition.parameters as Tree[],
        ({ name }) => isNameOfParameter(name),
        ({ name }) => name,
      ),
    ],
    spoil: ({ definition }) => {
      definition.parameters[0].name = "Address_of the server";
    },
  },
  {
    code: "16",
    says: "types of parameters can be loaded, and have the platform's numbers when built",
    check: ({ definition, def, actions, actionDefs }) => [
      ...Object.entries(actions).flatMap(([stem, { parameters }]) =>
        unless(
          parameters as Tree[],
          ({ type, name }) =>
            actionTypes[type] === actionDefs[stem].Parameters.find((one: Tree) => one.Name === name)?.Type,
          ({ name }) => `${stem}: ${name}`,
        ),
      ),
      ...unless(
        definition.parameters as Tree[],
        ({ type, name }) =>
          configurationTypes[type] ===
          def.IntegrationProperties.find((one: Tree) => one.PropertyName === name)?.PropertyType,
        ({ name }) => name,
      ),
    ],
    spoil: ({ actions }) => {
      Object.values(actions).find(({ parameters }) => parameters.length > 0).parameters[0].type = "integer";
    },
  },
  {
    code: "16",
    says: "neither an action nor the configuration has more than 50 parameters",
    check: ({ definition, actions }) =>
      unless(
        [definition, ...Object.values(actions)],
        ({ parameters }) => parameters.length <= 50,
        ({ name }) => name,
      ),
    spoil: ({ definition }) => {
      definition.parameters = Array.from({ length: 51 }, () => definition.parameters[0]);
    },
  },
  {
    code: "16",
    says: "no description is longer than 500 characters",
    check: ({ definition, def, actions }) => [
      ...must(def.Description.length <= 500, "the package"),
      ...unless(
        [
          ...definition.parameters,
          ...Object.values(actions),
          ...parametersOf(actions).map(({ parameter }) => parameter),
        ],
        ({ description }) => description.length <= 500,
        ({ name }) => name,
      ),
    ],
    spoil: ({ actions }) => {
      (actions.ping as Tree).description = "long ".repeat(120);
    },
  },
  {
    code: "16",
    says: "the name of the script's result, versions and the oldest platform are in bounds",
    check: ({ def, actions, actionDefs }) => [
      ...must(def.MinimumSystemVersion >= 5.3, "MinimumSystemVersion"),
      ...must(Number.isInteger(def.Version) && def.Version >= 1, "Version"),
      ...unless(
        Object.values(actionDefs),
        ({ Version }) => Version >= 1,
        ({ Name }) => Name,
      ),
      ...unless(
        Object.values(actions),
        ({ script_result_name }) => script_result_name.length <= 100 && script_result_name === "is_success",
        ({ name }) => name,
      ),
    ],
    spoil: ({ def }) => {
      def.MinimumSystemVersion = 5.1;
    },
  },
  {
    code: "16",
    says: "no script is larger than 5 MB",
    check: ({ source, built }) =>
      unless(
        [...Object.entries(source), ...Object.entries(built)].filter(([path]) => path.endsWith(".py")),
        ([, text]) => text.length <= 5e6,
        ([path]) => path,
      ),
    spoil: ({ source }) => {
      source["actions/ping.py"] = "#".repeat(6e6);
    },
  },
  {
    code: "extra",
    says: "lists to choose from have options, and nothing else has",
    check: ({ actions }) =>
      unless(
        parametersOf(actions),
        ({ parameter }) => choices.includes(parameter.type) === parameter.optional_values?.length > 0,
        ({ where }) => where,
      ),
    spoil: (pack) => {
      delete firstChoice(pack).optional_values;
    },
  },
  {
    code: "extra",
    says: "what is chosen at first is one of the options, and a switch starts as true or false",
    check: ({ actions }) =>
      unless(
        parametersOf(actions),
        ({ parameter: { type, default_value, optional_values } }) =>
          type === "boolean"
            ? typeof default_value === "boolean"
            : type === "ddl"
              ? optional_values.includes(default_value)
              : ["undefined", "string"].includes(typeof default_value),
        ({ where }) => where,
      ),
    spoil: (pack) => {
      firstChoice(pack).default_value = "Yesterday";
    },
  },
];
