import { PpsError } from "../../../core/errors.ts";
import { quoteValue } from "../../../core/quoted-value.ts";
import type { ActionParameter, SecopsAction } from "../catalogue/action.ts";
import type { GivenValue } from "./envelope.ts";

/** Reads an action's parameters by their names; every reader throws PpsError `bad_input` for a value it cannot take. */
export interface ParameterValues {
  /** Undefined where nothing was given and there is no default. */
  text(name: string): string | undefined;
  /** Of a mandatory parameter. */
  required(name: string): string;
  /** Divided at commas unless stated, or from a JSON array; each once. Empty where nothing was given. */
  list(name: string, most: number, separator?: string | RegExp): string[];
  flag(name: string): boolean;
  /** One of its options, in the catalogue's spelling. */
  choice(name: string): string;
  /** A whole number from 1. */
  count(name: string, most: number): number;
}

/**
 * What an action was given, with defaults for what was not. Throws PpsError `bad_input` for a parameter that the action
 * does not have, which a newer package would rely on, and for a mandatory one that is missing.
 */
export function readParameters(
  action: SecopsAction,
  given: Readonly<Record<string, GivenValue>>,
  packageVersion: string,
): ParameterValues {
  for (const name of Object.keys(given)) {
    if (action.parameters.some((parameter) => parameter.name === name) || isAbsent(given[name])) continue;
    throw new PpsError(
      "bad_input",
      `The action server does not know the parameter ${quoteValue(name)} of package version ${quoteValue(packageVersion)}. Package and server must be of one release.`,
    );
  }
  const find = (name: string): ActionParameter => {
    const parameter = action.parameters.find((candidate) => candidate.name === name);
    if (parameter === undefined) throw new TypeError(`${action.name} has no parameter ${name}.`);
    return parameter;
  };
  const text = (name: string): string | undefined => {
    const { defaultValue, isMandatory } = find(name);
    const value = given[name];
    // Absent is what the package did not send at all; what somebody emptied stays empty unless it must be there.
    const taken = value === undefined || (isMandatory && isAbsent(value)) ? defaultValue : value;
    const read = taken === undefined || taken === null ? "" : String(taken).trim();
    return read === "" ? undefined : read;
  };
  const orDefault = (name: string): string => text(name) ?? String(find(name).defaultValue);
  const required = (name: string): string => {
    const value = text(name);
    if (value === undefined) throw refuse(name, "is missing.");
    return value;
  };
  for (const { name, isMandatory } of action.parameters) if (isMandatory) required(name);
  return {
    text,
    required,
    list: (name, most, separator) => {
      const items = splitList(text(name) ?? "", name, separator);
      if (items.length > most) throw refuse(name, `holds ${items.length} items; at most ${most} are taken.`);
      return items;
    },
    flag: (name) => readFlag(name, orDefault(name)),
    choice: (name) => {
      const value = orDefault(name);
      const { options = [] } = find(name);
      const found = options.find((option) => option.toLowerCase() === value.toLowerCase());
      if (found === undefined) throw refuse(name, `takes ${options.join(", ")}, not ${quoteValue(value)}.`);
      return found;
    },
    count: (name, most) => {
      const value = orDefault(name);
      const number = /^\d{1,9}$/.test(value) ? Number(value) : 0;
      if (number >= 1 && number <= most) return number;
      throw refuse(name, `takes a whole number from 1 to ${most}, not ${quoteValue(value)}.`);
    },
  };
}

/** Says of a parameter what is wrong with it. */
export function refuse(name: string, complaint: string): PpsError {
  return new PpsError("bad_input", `${name} ${complaint}`, { field: name });
}

function isAbsent(value: GivenValue | undefined): boolean {
  return value === undefined || value === null || value === "";
}

/** Reads a yes or no of parameters and of the configuration, where it arrives as text. Throws PpsError `bad_input`. */
export function readFlag(name: string, value: string): boolean {
  if (/^true$/i.test(value)) return true;
  if (/^false$/i.test(value)) return false;
  throw refuse(name, `takes true or false, not ${quoteValue(value)}.`);
}

/** What divides texts that hold no commas themselves, and what divides those that may. */
export const commasOrLines = /[,\r\n]/;
export const linesAlone = /[\r\n]/;

/** Texts divided by commas unless stated, or in a JSON array, each once. Throws PpsError `bad_input` for an array of anything else. */
export function splitList(text: string, name: string, separator: string | RegExp = ","): string[] {
  const items = /^\s*\[.*\]\s*$/s.test(text) ? readArray(text, name) : text.split(separator);
  return [...new Set(items.map((item) => item.trim()).filter((item) => item !== ""))];
}

function readArray(text: string, name: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse(name, "looks like a JSON array, but is none.");
  }
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw refuse(name, "is a JSON array of something else than texts.");
}
