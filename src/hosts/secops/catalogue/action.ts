import type { Json } from "../../../core/steps.ts";

/** How the platform shows a parameter; numbers are texts, since its own number type cannot be loaded (secops-platform.md 2.3). */
export type ParameterKind = "string" | "boolean" | "ddl";

/** A parameter of an action, under the name that people and playbooks see. */
export interface ActionParameter {
  /** Letters, digits, blanks, dashes and apostrophes. */
  name: string;
  kind: ParameterKind;
  description: string;
  isMandatory: boolean;
  /** Absent where the parameter starts empty. */
  defaultValue?: string | boolean;
  /** What a drop-down list offers; only there. */
  options?: readonly string[];
}

/** The types of entities that can be enriched, in the platform's spelling (secops-platform.md 3.6). */
export type EntityType = "USERUNIQNAME" | "HOSTNAME" | "DOMAIN";

/** What an action does in the words the platform has for it (secops-platform.md 2.2). */
export type OutcomeCategory =
  | "search_email"
  | "update_email"
  | "delete_email"
  | "send_email"
  | "download_file"
  | "add_ioc_to_blocklist"
  | "remove_ioc_from_blocklist"
  | "add_ioc_to_allowlist"
  | "remove_ioc_from_allowlist"
  | "enrich_asset"
  | "update_identity";

/** An action of the Google SecOps package: handler, generator and documents are made from this. */
export interface SecopsAction {
  /** As the platform shows it and requests name it. */
  name: string;
  /** Name of its files, without an ending. */
  stem: string;
  /** One or two sentences. */
  description: string;
  /** Stands before the reason of every failure: `<lead>: <reason>`. */
  failureLead: string;
  /** The beginning of its success message, where the platform's rules look for one (secops-platform.md 4, rule 8). */
  successLead?: string;
  /** It changes something, so that a lost answer is an unknown outcome and no failure. */
  writes: boolean;
  /** In the order in which they are shown. */
  parameters: readonly ActionParameter[];
  /** Empty where the action does not look at entities. */
  entityTypes: readonly EntityType[];
  /** Titles of the tables it may show. */
  tables: readonly string[];
  /** A true JSON result; absent for an action without any. */
  example?: Json;
  outcomes: readonly OutcomeCategory[];
}

/** How the platform keeps a parameter of the instance's configuration. */
export type ConfigurationKind = "string" | "password" | "boolean";

/** A parameter of an instance's configuration. */
export interface ConfigurationParameter {
  name: string;
  kind: ConfigurationKind;
  description: string;
  isMandatory: boolean;
  /** Absent where the parameter starts empty. */
  defaultValue?: string | boolean;
}
