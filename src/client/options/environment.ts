import { PpsError } from "../../core/errors.ts";
import { optionTable, type PartialOptions, settableOptions } from "./option-table.ts";

/** Environment variables by name, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says: options, and which profile of which configuration file to use. */
export interface EnvironmentSettings {
  options: PartialOptions;
  /** PPS_PROFILE */
  profile: string | undefined;
  /** PPS_CONFIG */
  configPath: string | undefined;
}

/** Reads the PPS_ variables; an empty one counts as not set. Throws PpsError `bad_input` naming the variable. */
export function readEnvironment(environment: Environment): EnvironmentSettings {
  const options: Record<string, unknown> = {};
  for (const name of settableOptions) {
    const variable = optionTable[name].environment;
    const text = variable === undefined ? "" : (environment[variable] ?? "");
    if (variable === undefined || text === "") continue;
    if (optionTable[name].kind === "flag") options[name] = readFlag(variable, text);
    else if (optionTable[name].kind === "number") options[name] = readNumber(variable, text);
    else if (optionTable[name].kind === "list") options[name] = readList(text);
    else options[name] = text;
  }
  return {
    options: options as PartialOptions,
    profile: environment.PPS_PROFILE || undefined,
    configPath: environment.PPS_CONFIG || undefined,
  };
}

function readFlag(variable: string, text: string): boolean {
  const word = text.trim().toLowerCase();
  if (["1", "true", "yes", "on"].includes(word)) return true;
  if (["0", "false", "no", "off"].includes(word)) return false;
  throw new PpsError("bad_input", `${variable} takes true or false, not "${word.slice(0, 20)}".`);
}

function readList(text: string): string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function readNumber(variable: string, text: string): number {
  const trimmed = text.trim();
  if (/^\d{1,15}$/.test(trimmed)) return Number(trimmed);
  throw new PpsError("bad_input", `${variable} takes a whole number, not "${trimmed.slice(0, 20)}".`);
}
