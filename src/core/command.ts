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

/** A rule over several fields; it says what is wrong, with each field under the name the surface gives it. */
export type Rule = (input: Record<string, unknown>, nameOf: (field: string) => string) => string | undefined;

/** The right an API role needs under Managed Modules (pps-api.md 1). */
export type ManagedModule = "Quarantine" | "pss" | "enduser";

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
  managedModule: ManagedModule;
  fields: F;
  rules: readonly Rule[];
  /** What the list in the result is called, such as `messages`; absent when the result is one object. */
  list?: List;
  /** True when the result holds a `file` (MailFile) to be saved. */
  file?: boolean;
  /** Of one item where there is a list, else of the result. */
  outputs: readonly Output[];
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
