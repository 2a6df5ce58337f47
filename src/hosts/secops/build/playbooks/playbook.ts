/** How a condition compares, with the number that the platform has for it (secops-platform.md 2.3). */
export const matchTypes = { equal: 0, contains: 1, greater_than: 3 } as const;

/** A comparison of what a placeholder stands for with a text. */
export interface Test {
  field: string;
  match: keyof typeof matchTypes;
  value: string;
}

/** What a step does. */
export type Work =
  | {
      kind: "action";
      /** By its name in the catalogue. */
      action: string;
      /** Those that do not start as the catalogue says. */
      given: Readonly<Record<string, string>>;
      /** The question to whoever has to start the step by hand; absent for a step that starts by itself. */
      approval?: string;
      /** The playbook goes on where the step fails. */
      isOptional?: boolean;
    }
  | { kind: "comment"; text: string }
  /** The ways on are numbered in this order, from 1; what fits none goes the last way, which tests nothing. */
  | { kind: "condition"; branches: readonly Branch[]; otherwise: string }
  /** A person chooses one of the answers, which are numbered from 1. */
  | { kind: "question"; question: string; answers: readonly string[] };

/** A way on where all tests hold, or with `isAny` one of them. */
export interface Branch {
  name: string;
  tests: readonly Test[];
  isAny?: boolean;
}

/** A step; the platform calls its name the instance's. */
export interface Step {
  /** No two of a playbook bear the same: placeholders name steps by it. */
  name: string;
  description: string;
  work: Work;
  /** The step before it, and of a condition or question the branch or answer that leads here; absent for the first. */
  after?: { step: string; way?: string };
}

/** A playbook as data, from which both forms are made. */
export interface Playbook {
  /** Letters, digits, blanks, dashes and underscores. */
  name: string;
  /** Name of its folder. */
  stem: string;
  description: string;
  /** One of them starts it. */
  triggers: readonly Test[];
  /** In an order in which each comes after the one it follows. */
  steps: readonly Step[];
}

/** A field of the event that raised the alert; one that the event does not have stays as this text. */
export function eventField(field: string): string {
  return `[Event.${field}]`;
}

/** The values under a key of a step's JSON result, or a path of keys divided by points, expected to arrive divided by commas. */
export function valuesOf(step: string, key: string): string {
  return `[${step}.JsonResult| "${key}"]`;
}

/** How many there are in a step's JSON result, or under one of its keys. */
export function countOf(step: string, key?: string): string {
  return key === undefined ? `[${step}.JsonResult| count()]` : `[${step}.JsonResult| "${key}" | count()]`;
}

/** Whether a step did all it was asked. */
export function successOf(step: string): string {
  return `[${step}.is_success]`;
}

/** A condition whether a step found anything; what cannot be told counts as nothing. */
export function foundAny(step: string): Work {
  const tests: Test[] = [{ field: countOf(step), match: "greater_than", value: "0" }];
  return { kind: "condition", branches: [{ name: "Found", tests }], otherwise: "Nothing found" };
}

/** A condition whether there is an address: neither an empty value nor a placeholder that stayed as it is holds an at sign. */
export function hasAddress(field: string): Work {
  return {
    kind: "condition",
    branches: [{ name: "Address", tests: [{ field, match: "contains", value: "@" }] }],
    otherwise: "No address",
  };
}

/** What became of a change, for a comment. */
export function outcomeOf(step: string): string {
  return `all done: ${successOf(step)}; done ${countOf(step, "success")}, not done ${countOf(step, "failed")}, not known ${countOf(step, "unknown")}`;
}
