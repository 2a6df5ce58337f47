/** A rule of XSOAR's validators over one file, and a change to the file that breaks it. */
export interface Rule<Of> {
  /** The validator's code, or a word where it has none. */
  code: string;
  says: string;
  /** What breaks the rule, each named. */
  check(of: Of): string[];
  /** Makes the rule complain: a rule that never could would prove nothing. */
  spoil(of: Of): void;
}

/** A parsed YAML or JSON file. */
// biome-ignore lint/suspicious/noExplicitAny: the files are of no type: that they have the right shape is what is tested
export type Tree = any;

/** Names the things for which the claim does not hold. */
export function unless<T>(things: readonly T[], holds: (thing: T) => unknown, nameOf: (thing: T) => string): string[] {
  return things.filter((thing) => !holds(thing)).map(nameOf);
}

/** One complaint unless the claim holds. */
export function must(holds: unknown, complaint: string): string[] {
  return holds ? [] : [complaint];
}
