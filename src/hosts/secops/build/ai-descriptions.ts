import type { EntityType, OutcomeCategory, SecopsAction } from "../catalogue/action.ts";
import { secopsActions } from "../catalogue/actions.ts";

/** What the platform's assistant calls an outcome, and whether it counts as finding something out or as doing something. */
const outcomeFacts: Readonly<Record<OutcomeCategory, { name: string; category?: "Enrichment" | "Remediation" }>> = {
  enrich_asset: { name: "Enrich Asset", category: "Enrichment" },
  search_email: { name: "Search Email", category: "Enrichment" },
  download_file: { name: "Download File" },
  add_ioc_to_blocklist: { name: "Add IOC to Blocklist", category: "Remediation" },
  remove_ioc_from_blocklist: { name: "Remove IOC from Blocklist", category: "Remediation" },
  add_ioc_to_allowlist: { name: "Add IOC to Allowlist", category: "Remediation" },
  remove_ioc_from_allowlist: { name: "Remove IOC from Allowlist", category: "Remediation" },
  update_identity: { name: "Update Identity (User, Account)", category: "Remediation" },
  send_email: { name: "Send Email", category: "Remediation" },
  delete_email: { name: "Delete Email", category: "Remediation" },
  update_email: { name: "Update Email", category: "Remediation" },
};

/** The source tree's words for the types of entities. */
const entityWords: Readonly<Record<EntityType, string>> = {
  USERUNIQNAME: "user",
  HOSTNAME: "host_name",
  DOMAIN: "domain",
};

const productCategories = [
  ...["siem", "edr", "network_security", "threat_intelligence", "email_security", "iam_and_identity_management"],
  ...["cloud_security", "itsm", "vulnerability_management", "asset_inventory", "collaboration"],
];

const filters = [
  ...["additional_properties", "alert_identifier", "case_identifier", "creation_time", "entity_type", "identifier"],
  ...["is_artifact", "is_enriched", "is_internal", "is_pivot", "is_suspicious", "is_vulnerable", "modification_time"],
];

/** The keys of an `.actiondef` that the platform's assistant reads. */
export function actionAiBuilt(action: SecopsAction): object {
  const categories = (["Remediation", "Enrichment"] as const).filter((category) =>
    action.outcomes.some((outcome) => outcomeFacts[outcome].category === category),
  );
  return {
    AiDescription: describe(action),
    AiShortDescription: action.description,
    ParametersDescription: describeParameters(action),
    // Empty ones are left out, as Google's own tool does.
    ...(categories.length === 0 ? {} : { AiCategories: categories }),
    ...(action.entityTypes.length === 0 ? {} : { EntityTypes: action.entityTypes }),
    ...(action.outcomes.length === 0 ? {} : { OutcomeCategories: outcomeNames(action) }),
  };
}

/** `resources/ai/actions_ai_description.yaml`. */
export function actionsAiDescription(): object {
  return Object.fromEntries(secopsActions.map((action) => [action.name, describeForAi(action)]));
}

/** `resources/ai/integration_ai_description.yaml`. */
export function integrationAiDescription(): object {
  return {
    product_categories: {
      reasoning: "It works with the mail that an email gateway holds back, and with the gateway's sender lists.",
      ...flags(productCategories, ["email_security"]),
    },
  };
}

function describeForAi(action: SecopsAction): object {
  const enriches = action.entityTypes.length > 0;
  return {
    ai_description: describe(action),
    ai_short_description: action.description,
    parameters_description: describeParameters(action),
    capabilities: {
      can_create_case_comments: false,
      can_create_insight: false,
      can_modify_alert_data: false,
      can_mutate_external_data: action.writes,
      can_mutate_internal_data: enriches,
      can_update_entities: enriches,
      external_data_mutation_explanation: action.writes ? action.description : null,
      fetches_data: !action.writes && action.example !== undefined,
      internal_data_mutation_explanation: enriches ? "It merges properties into the entities it was run on." : null,
      reasoning: action.writes
        ? "It changes something on the mail gateway."
        : "It changes nothing on the mail gateway.",
    },
    entity_usage: {
      entity_types: flags(
        Object.values(entityWords),
        action.entityTypes.map((type) => entityWords[type]),
      ),
      ...flags(
        filters.map((filter) => `filters_by_${filter}`),
        enriches ? ["filters_by_entity_type"] : [],
      ),
      reasoning: enriches
        ? `It looks at entities of the types ${action.entityTypes.join(", ")} and leaves others out.`
        : "It does not look at entities.",
    },
    outcome_categories: {
      reasoning:
        action.outcomes.length === 0
          ? "None of the categories fits."
          : `What it does is called: ${outcomeNames(action).join(", ")}.`,
      ...flags(Object.keys(outcomeFacts), action.outcomes),
    },
  };
}

function describe(action: SecopsAction): string {
  const outcome = action.writes
    ? "It changes something on the mail gateway. When the state is failed, nothing was changed; when it is timed out, the change may have happened, so look before running it again."
    : "It changes nothing on the mail gateway. When it fails, the message says why; an error is never an empty result.";
  return `### General Description\n\n${action.description}\n\n### Additional Notes\n\n${outcome}\n`;
}

function describeParameters({ parameters }: SecopsAction): string {
  if (parameters.length === 0) return "There are no parameters for this action.";
  const rows = parameters.map(
    ({ name, kind, isMandatory, description }) =>
      `| ${name} | ${kind} | ${isMandatory ? "Yes" : "No"} | ${description.replaceAll("|", "or")} |\n`,
  );
  return `| Parameter | Type | Mandatory | Description |\n| --- | --- | --- | --- |\n${rows.join("")}`;
}

function outcomeNames({ outcomes }: SecopsAction): string[] {
  return outcomes.map((outcome) => outcomeFacts[outcome].name);
}

function flags(names: readonly string[], set: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(names.map((name) => [name, set.includes(name)]));
}
