import { PpsError } from "../../core/errors.ts";
import { type ConfigFile, defaultConfigPath, readConfigFile } from "./config-file.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { nearestName } from "./nearest-name.ts";
import {
  alternatives,
  optionTable,
  type PartialOptions,
  type SettableOption,
  settableOptions,
} from "./option-table.ts";
import type { PpsOptions } from "./options.ts";
import { type ShownOption, showOption, showUnset } from "./shown-option.ts";

/** Where options are to be taken from. */
export interface ResolveRequest {
  /** What the caller sets himself, such as command line flags: beats everything else. */
  explicit?: Partial<PpsOptions> | undefined;
  /** @default process.env */
  env?: Environment | undefined;
  /** The configuration file; it must exist. @default PPS_CONFIG, else the user's own file if there is one */
  configPath?: string | undefined;
  /** @default PPS_PROFILE, else the file's `default`, else its only profile */
  profile?: string | undefined;
}

/** Options put together, and where each came from. */
export interface ResolvedOptions {
  /** For `createPps`, which refuses it when something is missing. */
  options: PpsOptions;
  /** The settable options, in order; a secret is shown as `(set)`. */
  values: ShownOption[];
  /** The profile in use, if any. */
  profile: string | undefined;
  /** The file that was read, if any. */
  configPath: string | undefined;
  /** What works but deserves attention, each one sentence. */
  warnings: string[];
}

/** Where the secret of the cloud's key, or the token it was changed for, is sent. */
const cloudAddresses = ["cloudUrl", "cloudTokenUrl"] as const;

interface Layer {
  options: PartialOptions;
  source: (name: SettableOption) => string;
}

/**
 * Puts options together: explicit before environment before profile; what none of them says is left to the defaults.
 * A file's default profile is passed over when an address is given without naming a profile, so that no password goes
 * to another server than the profile's; when an address of the cloud is given so, the profile's client secret is.
 * Throws PpsError `bad_input`.
 */
export async function resolveOptions(request: ResolveRequest = {}): Promise<ResolvedOptions> {
  const environment = request.env ?? process.env;
  const explicit = request.explicit ?? {};
  const fromEnvironment = readEnvironment(environment);
  const named = request.profile ?? fromEnvironment.profile;
  const file = await findFile(request.configPath ?? fromEnvironment.configPath, environment, named);
  const isGiven = (name: SettableOption) => (explicit[name] ?? fromEnvironment.options[name]) !== undefined;
  const profile = named ?? (isGiven("url") ? undefined : soleProfile(file));
  const layers: Layer[] = [
    { options: explicit, source: () => "given" },
    { options: fromEnvironment.options, source: (name) => `environment ${optionTable[name].environment}` },
  ];
  const warnings = [...(file?.warnings ?? [])];
  if (profile !== undefined && file !== undefined) {
    let picked = pickProfile(file, profile);
    const elsewhere = named === undefined ? cloudAddresses.find(isGiven) : undefined;
    if (elsewhere !== undefined && (picked.cloudClientSecret ?? picked.cloudClientSecretFile) !== undefined) {
      picked = { ...picked, cloudClientSecret: undefined, cloudClientSecretFile: undefined };
      warnings.push(
        `${elsewhere} is given without naming a profile, so that the client secret of the profile ${profile} is not used.`,
      );
    }
    layers.push({ options: picked, source: () => `profile ${profile}` });
  }
  const { options, values } = merge(layers);
  return {
    options: { ...explicit, url: "", username: "", ...options },
    values,
    profile,
    configPath: file?.path,
    warnings: [...warnings, ...overrideWarnings(request.profile, layers)],
  };
}

async function findFile(given: string | undefined, environment: Environment, profile: string | undefined) {
  const path = given ?? defaultConfigPath(environment);
  const file = await readConfigFile(path);
  if (file !== undefined) return file;
  if (given !== undefined) {
    throw new PpsError("bad_input", `There is no configuration file ${path}.`, {
      hint: "Check the path, or write one with pps config init.",
    });
  }
  if (profile !== undefined) {
    throw new PpsError(
      "bad_input",
      `The profile ${profile} is asked for, but there is no configuration file ${path}.`,
      {
        field: "profile",
        hint: "Write one with pps config init.",
      },
    );
  }
  return undefined;
}

function soleProfile(file: ConfigFile | undefined): string | undefined {
  if (file === undefined || file.defaultProfile !== undefined) return file?.defaultProfile;
  const [only, ...others] = file.profiles.keys();
  if (others.length === 0) return only;
  throw new PpsError("bad_input", `${file.path} has several profiles and names none as its default.`, {
    field: "profile",
    hint: `Name one of ${[...file.profiles.keys()].join(", ")} with --profile or PPS_PROFILE, or set default in the file.`,
  });
}

function pickProfile(file: ConfigFile, name: string): PartialOptions {
  const profile = file.profiles.get(name);
  if (profile !== undefined) return profile;
  const names = [...file.profiles.keys()];
  const meant = nearestName(name, names);
  throw new PpsError("bad_input", `${file.path} has no profile ${name}.`, {
    field: "profile",
    hint: meant === undefined ? `It has ${names.join(", ") || "none"}.` : `Did you mean ${meant}?`,
  });
}

function merge(layers: readonly Layer[]): { options: PartialOptions; values: ResolvedOptions["values"] } {
  const options: Record<string, unknown> = {};
  const values: ResolvedOptions["values"] = [];
  for (const name of settableOptions) {
    // Of two ways to say one thing, the first layer with either decides.
    const names = alternatives.find((pair) => pair.includes(name)) ?? [name];
    const layer = layers.find((candidate) => names.some((one) => candidate.options[one] !== undefined));
    const value = layer?.options[name];
    if (layer !== undefined && value !== undefined) options[name] = value;
    values.push(
      layer === undefined || value === undefined
        ? showUnset(name)
        : { name, shown: showOption(name, value), source: layer.source(name) },
    );
  }
  return { options, values };
}

/** A named profile should be what is reached; a leftover variable would quietly lead elsewhere. */
function overrideWarnings(named: string | undefined, [, environment, profile]: readonly Layer[]): string[] {
  if (named === undefined || environment === undefined || profile === undefined) return [];
  const names: SettableOption[] = ["url", ...cloudAddresses, "username", "cloudClientId", "cloudClusterId"];
  return names
    .filter((name) => environment.options[name] !== undefined && profile.options[name] !== undefined)
    .filter((name) => environment.options[name] !== profile.options[name])
    .map((name) => `${optionTable[name].environment} in the environment overrides ${name} of the profile ${named}.`);
}
