import { chooseConfigPath, readConfigFile } from "../../../client/options/config-file.ts";
import { resolveOptions } from "../../../client/options/resolve-options.ts";
import { readSettings } from "../../../client/options/settings.ts";
import { isPpsError, PpsError } from "../../../core/errors.ts";
import type { CliContext } from "../context.ts";

/** What a command would make of one profile. */
export interface CheckedProfile {
  profile: string;
  state: "ok" | "bad";
  /** What is wrong, or the address it leads to. */
  message: string;
}

/** What is right and wrong with a configuration file. */
export interface CheckedConfig {
  path: string;
  profiles: CheckedProfile[];
  warnings: string[];
}

/** Reads the file, every profile and its secret files as a command would, without sending anything. Throws PpsError `bad_input`. */
export async function checkConfig(given: string | undefined, context: CliContext): Promise<CheckedConfig> {
  const path = chooseConfigPath(given, context.env);
  const file = await readConfigFile(path);
  if (file === undefined) {
    throw new PpsError("bad_input", `There is no configuration file ${path}.`, {
      hint: "Write one with pps config init.",
    });
  }
  const profiles: CheckedProfile[] = [];
  for (const profile of file.profiles.keys()) profiles.push(await checkProfile(profile, path));
  const warnings = [...file.warnings];
  if (profiles.length === 0) warnings.push("The file holds no profile.");
  return { path, profiles, warnings };
}

async function checkProfile(profile: string, path: string): Promise<CheckedProfile> {
  try {
    // Without the environment: the question is what the file says.
    const { options } = await resolveOptions({ env: {}, configPath: path, profile });
    const { url, credentials, cloud, feeds } = readSettings(options);
    await credentials.password();
    await cloud.key?.clientSecret();
    await feeds.credentials?.secret();
    return { profile, state: "ok", message: url.origin };
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return { profile, state: "bad", message: [error.message, error.hint ?? ""].join(" ").trim() };
  }
}
