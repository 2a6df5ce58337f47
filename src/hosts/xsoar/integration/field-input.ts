import type { XsoarArgument, XsoarArguments } from "./xsoar-command.ts";

/** The raw input of the arguments that a field takes as they are. */
export function fieldInput(declared: readonly XsoarArgument[], args: XsoarArguments): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  declared.forEach(({ name, field }) => {
    const value = args[name];
    if (field !== undefined && value !== undefined && value !== null && value !== "") input[field] = value;
  });
  return input;
}

/** False for what counts as not given. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}
