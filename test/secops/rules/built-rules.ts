import { isDeepStrictEqual } from "node:util";
import type { Rule, Tree } from "../../xsoar/rules/rule.ts";
import { must, unless } from "../../xsoar/rules/rule.ts";
import { identifier, type Pack } from "./pack.ts";

/** Keys of both forms that say the same of an action, the source's first. */
const actionKeys: readonly (readonly [string, string])[] = [
  ["name", "Name"],
  ["description", "Description"],
  ["integration_identifier", "IntegrationIdentifier"],
  ["creator", "Creator"],
  ["is_async", "IsAsync"],
  ["script_result_name", "ScriptResultName"],
  ["simulation_data_json", "SimulationDataJson"],
];

const parameterKeys: readonly (readonly [string, string])[] = [
  ["name", "Name"],
  ["description", "Description"],
  ["is_mandatory", "IsMandatory"],
  ["default_value", "DefaultValue"],
  ["default_value", "Value"],
  ["optional_values", "OptionalValues"],
];

const propertyKeys: readonly (readonly [string, string])[] = [
  ["name", "PropertyName"],
  ["name", "PropertyDisplayName"],
  ["description", "PropertyDescription"],
  ["is_mandatory", "IsMandatory"],
  ["default_value", "Value"],
  ["integration_identifier", "IntegrationIdentifier"],
];

const noteKeys: readonly (readonly [string, string])[] = [
  ["description", "ChangeDescription"],
  ["version", "IntroducedInIntegrationVersion"],
  ["item_name", "ItemName"],
  ["item_type", "ItemType"],
  ["new", "New"],
  ["regressive", "Regressive"],
  ["deprecated", "Deprecated"],
  ["removed", "Removed"],
];

const aiKeys: readonly (readonly [string, string])[] = [
  ["ai_description", "AiDescription"],
  ["ai_short_description", "AiShortDescription"],
  ["parameters_description", "ParametersDescription"],
];

const definitionKeys = [
  ...["Identifier", "DisplayName", "MarketingDisplayName", "Description", "Version", "PythonVersion"],
  ...["MinimumSystemVersion", "Categories", "DocumentationLink", "ImageBase64", "SVGImage", "IntegrationProperties"],
  ...[
    "IsCustom",
    "IsCertified",
    "IsPowerUp",
    "IsAvailableForCommunity",
    "ShouldInstalledInSystem",
    "GoogleSecOpsProduct",
  ],
];

const detailsKeys = [
  ...["Identifier", "PackageName", "DisplayName", "Description", "DocumentationLink", "MinimumSystemVersion"],
  ...[
    "IntegrationProperties",
    "Actions",
    "Jobs",
    "Connectors",
    "Managers",
    "CustomFamilies",
    "MappingRules",
    "Widgets",
  ],
  ...["Version", "IsCustom", "ExampleUseCases", "ReleaseNotes"],
];

const actionDefKeys = [
  ...["Name", "Description", "IntegrationIdentifier", "Parameters", "DynamicResultsMetadata", "Creator", "IsAsync"],
  ...["IsCustom", "IsEnabled", "ScriptResultName", "SimulationDataJson", "Version"],
];

const optionalActionDefKeys = [
  ...["DocumentationLink", "DefaultResultValue", "AiDescription", "AiShortDescription", "AiCategories"],
  ...["ParametersDescription", "EntityTypes", "OutcomeCategories"],
];

/** Names the pairs of keys by which two trees differ; a key that is missing says null. */
function differences(where: string, source: Tree, built: Tree, keys: readonly (readonly [string, string])[]): string[] {
  return unless(
    keys,
    ([from, to]) => isDeepStrictEqual(source?.[from] ?? null, built?.[to] ?? null),
    ([from, to]) => `${where}: ${from} and ${to}`,
  );
}

/** The same over two lists, member by member. */
function listDifferences(
  where: string,
  source: Tree[],
  built: Tree[],
  keys: readonly (readonly [string, string])[],
): string[] {
  return [
    ...must(source.length === built.length, `${where}: ${source.length} and ${built.length}`),
    ...source.flatMap((one, index) => differences(`${where} ${index}`, one, built[index], keys)),
  ];
}

function exactKeys(where: string, tree: Tree, needed: string[], optional: string[] = []): string[] {
  return [
    ...unless(
      needed,
      (key) => tree[key] !== undefined && tree[key] !== null,
      (key) => `${where} lacks ${key}`,
    ),
    ...unless(
      Object.keys(tree),
      (key) => needed.includes(key) || optional.includes(key),
      (key) => `${where} has ${key}`,
    ),
  ];
}

function countTrue(flags: Tree): number {
  return Object.values(flags).filter((flag) => flag === true).length;
}

/** What the built form must be like (secops-platform.md 2.2), and that it says what the source says. */
export const builtRules: readonly Rule<Pack>[] = [
  {
    code: "own",
    says: "the zip holds the four folders and the files of its root, and nothing else",
    check: ({ built }) => {
      const root = [`Integration-${identifier}.def`, `${identifier}.fulldetails`, "RN.json", ".python-version"];
      const known =
        /^(ActionsDefinitions\/([a-z_]+\.actiondef)?|ActionsScripts\/([a-z_]+\.py)?|Managers\/(pps_bridge\.py)?|Dependencies\/|resources\/ai\/(actions|integration)_ai_description\.yaml)$/;
      return [
        ...unless(
          [...root, "ActionsDefinitions/", "ActionsScripts/", "Dependencies/", "Managers/", "Managers/pps_bridge.py"],
          (path) => built[path] !== undefined,
          (path) => `lacks ${path}`,
        ),
        ...unless(
          Object.keys(built),
          (path) => root.includes(path) || known.test(path),
          (path) => `has ${path}`,
        ),
      ];
    },
    spoil: ({ built }) => {
      delete built["Dependencies/"];
    },
  },
  {
    code: "own",
    says: "nothing is brought along for Python",
    check: ({ built, source }) => [
      ...unless(Object.keys(built), (path) => !/\.(whl|tar\.gz|so)$/.test(path), String),
      ...must(/^dependencies = \[\]$/m.test(source["pyproject.toml"] ?? ""), "pyproject.toml"),
    ],
    spoil: ({ built }) => {
      built["Dependencies/requests-2.0-py3-none-any.whl"] = "";
    },
  },
  {
    code: "own",
    says: "every JSON file has the keys of its kind and no others",
    check: ({ def, details, actionDefs }) => [
      ...exactKeys("def", def, definitionKeys, ["FeatureTags"]),
      ...exactKeys("fulldetails", details, detailsKeys),
      ...Object.entries(actionDefs).flatMap(([stem, tree]) =>
        exactKeys(stem, tree, actionDefKeys, optionalActionDefKeys),
      ),
    ],
    spoil: ({ actionDefs }) => {
      (actionDefs.ping as Tree).AiDescription = null;
      delete (actionDefs.ping as Tree).Creator;
    },
  },
  {
    code: "own",
    says: "the definition is that of a custom integration of Python 3",
    check: ({ def, details }) =>
      unless(
        [
          [def.IsCustom, true],
          [def.IsCertified, false],
          [def.IsPowerUp, false],
          [def.IsAvailableForCommunity, true],
          [def.ShouldInstalledInSystem, false],
          [def.GoogleSecOpsProduct, false],
          [def.PythonVersion, 3],
          [def.MarketingDisplayName, def.DisplayName],
          [details.IsCustom, false],
        ],
        ([is, wanted]) => is === wanted,
        String,
      ),
    spoil: ({ def }) => {
      def.IsCustom = false;
    },
  },
  {
    code: "own",
    says: "no built action is custom, switched off or asynchronous",
    check: ({ actionDefs }) =>
      unless(
        Object.values(actionDefs),
        (one) => !one.IsCustom && one.IsEnabled && !one.IsAsync,
        ({ Name }) => Name,
      ),
    spoil: ({ actionDefs }) => {
      (actionDefs.ping as Tree).IsEnabled = false;
    },
  },
  {
    code: "own",
    says: "source and built package say the same of the integration",
    check: ({ definition, source, def, details }) => [
      ...differences("def", definition, def, [
        ["identifier", "Identifier"],
        ["name", "DisplayName"],
        ["documentation_link", "DocumentationLink"],
        ["categories", "Categories"],
      ]),
      ...must(source["pyproject.toml"]?.includes(`description = ${JSON.stringify(def.Description)}\n`), "description"),
      ...must(source["resources/logo.svg"] === def.SVGImage, "logo"),
      ...must(
        Buffer.from(source["resources/image.png"] ?? "", "latin1").toString("base64") === def.ImageBase64,
        "image",
      ),
      ...listDifferences("property", definition.parameters, def.IntegrationProperties, propertyKeys),
      ...unless(
        [
          "Identifier",
          "DisplayName",
          "Description",
          "DocumentationLink",
          "MinimumSystemVersion",
          "IntegrationProperties",
          "Version",
        ],
        (key) => isDeepStrictEqual(def[key], details[key]),
        (key) => `fulldetails: ${key}`,
      ),
    ],
    spoil: ({ def }) => {
      def.IntegrationProperties[0].Value = "https://other.example";
    },
  },
  {
    code: "own",
    says: "source and built package say the same of every action",
    check: ({ actions, actionDefs, details }) => [
      ...must(isDeepStrictEqual(Object.keys(actions).sort(), Object.keys(actionDefs).sort()), "files"),
      ...must(
        isDeepStrictEqual(
          [...details.Actions].sort(),
          Object.values(actions)
            .map(({ name }) => name)
            .sort(),
        ),
        "fulldetails: Actions",
      ),
      ...Object.entries(actions).flatMap(([stem, source]) => [
        ...differences(stem, source, actionDefs[stem], actionKeys),
        ...listDifferences(`${stem}: parameter`, source.parameters, actionDefs[stem].Parameters, parameterKeys),
      ]),
    ],
    spoil: ({ actionDefs }) => {
      const [parameter] = Object.values(actionDefs).find(({ Parameters }) => Parameters.length > 0).Parameters;
      parameter.IsMandatory = !parameter.IsMandatory;
    },
  },
  {
    code: "17",
    says: "every action but Ping shows a JSON result, by an example that is the same in both forms",
    check: ({ source, actions, actionDefs }) =>
      unless(
        Object.keys(actions),
        (stem) => {
          const [one, ...more] = actions[stem].dynamic_results_metadata;
          const [built, ...others] = actionDefs[stem].DynamicResultsMetadata;
          if (stem === "ping") return one === undefined && built === undefined;
          return (
            more.length + others.length === 0 &&
            one.result_name === "JsonResult" &&
            built.ResultName === "JsonResult" &&
            one.show_result === true &&
            built.ShowResult === true &&
            one.result_example_path === `resources/${stem}_JsonResult_example.json` &&
            typeof JSON.parse(built.ResultExample) === "object" &&
            isDeepStrictEqual(JSON.parse(source[one.result_example_path] ?? "null"), JSON.parse(built.ResultExample))
          );
        },
        String,
      ),
    spoil: ({ actionDefs }) => {
      const stem = Object.keys(actionDefs).find((one) => one !== "ping") ?? "";
      actionDefs[stem].DynamicResultsMetadata[0].ResultExample = '{"guid": "1"}';
    },
  },
  {
    code: "own",
    says: "release notes are the same in all three places, in seconds in one and milliseconds in the other",
    check: ({ notes, builtNotes, details }) => [
      ...listDifferences("note", notes, builtNotes, noteKeys),
      ...unless(
        notes.map((note, index) => ({ note, built: builtNotes[index] })),
        ({ note, built }) => Date.parse(note.publish_time) === built?.PublishTime * 1000,
        ({ note }) => note.item_name,
      ),
      ...unless(
        details.ReleaseNotes as Tree[],
        ({ Version, Items, PublishTimeUnixTime }) => {
          const own = notes.filter(({ version }) => version === Version);
          return (
            isDeepStrictEqual(
              own.map(({ description }) => description),
              Items,
            ) && Date.parse(own[0]?.publish_time) === PublishTimeUnixTime
          );
        },
        ({ Version }) => `fulldetails ${Version}`,
      ),
    ],
    spoil: ({ builtNotes }) => {
      builtNotes[0].PublishTime *= 1000;
    },
  },
  {
    code: "own",
    says: "scripts are the source's but for their imports, which name neither folders nor the SDK",
    check: ({ source, built }) => {
      const scripts = Object.keys(built).filter((path) => path.endsWith(".py"));
      return unless(
        scripts,
        (path) => {
          const from = path.replace("ActionsScripts/", "actions/").replace("Managers/", "core/");
          const lines = built[path]?.split("\n") ?? [];
          const sources = source[from]?.split("\n") ?? [];
          return (
            lines.length === sources.length &&
            lines.every((line, index) => line === sources[index] || /^from [A-Za-z_]+ import /.test(line)) &&
            !/^\s*(from|import) +(\.|soar_sdk|core)/m.test(built[path] ?? "") &&
            scripts.length ===
              Object.keys(source).filter((one) => /^(actions|core)\/(?!__init__).*\.py$/.test(one)).length
          );
        },
        String,
      );
    },
    spoil: ({ built }) => {
      built["ActionsScripts/ping.py"] += "from ..core.pps_bridge import run\n";
    },
  },
  {
    code: "own",
    says: "the AI files name every action, and the definitions hold what they say",
    check: ({ source, built, ai, actions, actionDefs }) => [
      ...unless(
        ["resources/ai/actions_ai_description.yaml", "resources/ai/integration_ai_description.yaml"],
        (path) => source[path] !== undefined && source[path] === built[path],
        String,
      ),
      ...must(
        isDeepStrictEqual(
          Object.keys(ai).sort(),
          Object.values(actions)
            .map(({ name }) => name)
            .sort(),
        ),
        "actions",
      ),
      ...Object.values(actionDefs).flatMap((built) => {
        const said = ai[built.Name];
        return [
          ...differences(built.Name, said, built, aiKeys),
          ...unless(
            aiKeys,
            ([, key]) => built[key] !== "None" && built[key].length > 10,
            ([, key]) => `${built.Name}: ${key}`,
          ),
          ...must(
            countTrue(said.outcome_categories) === (built.OutcomeCategories ?? []).length,
            `${built.Name}: outcomes`,
          ),
          ...must(
            countTrue(said.entity_usage.entity_types) === (built.EntityTypes ?? []).length,
            `${built.Name}: entities`,
          ),
        ];
      }),
    ],
    spoil: ({ actionDefs }) => {
      (actionDefs.ping as Tree).AiDescription = "None";
    },
  },
];
