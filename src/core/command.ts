import type { Fields, Input } from "./fields.ts";
import type { Effect, Steps } from "./steps.ts";

/** What a command may know beyond its input. It has no clock and no settings of its own. */
export interface RunContext {
  /** The instant the command was called, milliseconds since 1970. */
  now: number;
  /** The site's quarantine folders; PPS has no call that lists them (pps-api.md 8). */
  folders: readonly FolderSetting[];
  /** Changes are described, not sent. */
  dryRun: boolean;
  /** Messages and trace records carry PPS's own record as `record`, for a surface whose users know PPS's keys. @default false */
  keepsRecords?: boolean;
  /** False where the host cannot take raw mail apart, so that none need be fetched for it. @default true */
  hasMailParser?: boolean;
  /** Domains that are the site's own, in lower case and ASCII: never to be blocked. Empty where the site named none. */
  ownDomains: readonly string[];
  threatProtection: ThreatProtectionSetting;
}

/** What the host has for the cloud API that keeps the organisation's lists (pps-api.md 7). */
export interface ThreatProtectionSetting {
  /** The cluster whose lists are meant unless a command names another. */
  clusterId?: string;
  /** What the surface calls the setting of the cluster. */
  clusterIdSetting?: string;
  /** What has to be set before the API can be called, each as a phrase that says where; empty when it can. */
  missing: readonly string[];
}

/** Messages move only between folders of the same module type (pps-api.md 8). */
export interface FolderSetting {
  name: string;
  moduleType: "mail" | "dlp";
}

/** One value of a command's result, for schemas, CSV columns and documentation. */
export interface Output {
  name: string;
  type: "string" | "number" | "boolean" | "time" | "list" | "object";
  description: string;
}

/** A list that stands beside the main one, in what `run` returned. */
export interface SideTable {
  /** Its name there. */
  name: string;
  /** What it is, in a few words. */
  title: string;
  outputs: readonly Output[];
  /** Those of its outputs that a person sees below the main table; absent where it is only taken elsewhere. */
  columns?: readonly string[];
}

/** A rule over several fields; it says what is wrong, with each field under the name the surface gives it. */
export type Rule = (input: Record<string, unknown>, nameOf: (field: string) => string) => string | undefined;

/** A right of an API role, ticked under Managed Modules (pps-api.md 1). */
export type ManagedModule = "Quarantine" | "pss" | "enduser";

/** What a request needs to be let in: a managed module of PPS, or a key of the cloud API (pps-api.md 7). */
export type Access = ManagedModule | "Threat Protection";

/** A command: what it takes, does and gives, stated once for every surface. */
export interface Command<
  Name extends string = string,
  F extends Fields = Fields,
  List extends string = string,
  Item = unknown,
  Summary extends object = object,
> {
  /** `area.verb`; every surface derives its own spelling. */
  name: Name;
  /** A few words, capitalised. */
  title: string;
  /** One or two sentences for people and for machines that choose a command. */
  description: string;
  effect: Effect;
  access: Access;
  fields: F;
  rules: readonly Rule[];
  /** What the list in the result is called, such as `messages`; absent when the result is one object. */
  list?: List;
  /** True when the result holds a `file` (MailFile) to be saved. */
  file?: boolean;
  /** True when it asks by `agree` once it knows what it would do: the input alone does not tell. */
  showsPlan?: boolean;
  /** True when it may change sender lists too, for which its caller needs the right as well. */
  changesLists?: boolean;
  /** True when its result can be written as a report for people who were not there. */
  hasReport?: boolean;
  /** Of one item where there is a list, else of the result. */
  outputs: readonly Output[];
  /** Further lists of the result, which people take elsewhere. */
  tables?: readonly SideTable[];
  /** The outputs shown in a table, most important first. */
  columns: readonly string[];
  /** Command lines that work as they stand, each with what it is for. */
  examples: readonly { line: string; purpose: string }[];
  /** Items of the list are handed on by `found`; the return value is the rest of the result. */
  // A method, so that a command of any input may stand in the catalogue.
  run(input: Input<F>, context: RunContext): Steps<Summary>;
  /** Never set; carries the item's type. */
  readonly item?: Item;
}

/** States a command; `Item` is what its list holds, and what `run` returns stands beside the list. */
export function command<Item = never>() {
  return <const Name extends string, const F extends Fields, Summary extends object, const List extends string = never>(
    declaration: Command<Name, F, List, Item, Summary>,
  ): Command<Name, F, List, Item, Summary> => declaration;
}

/** The whole result of a command: its list under its name, if it has one, beside what `run` returned. */
export type ResultOf<C> =
  C extends Command<string, infer _F, infer List, infer Item, infer Summary>
    ? [List] extends [never]
      ? Summary
      : { [K in List]: Item[] } & Summary
    : never;
