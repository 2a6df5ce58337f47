import type { ResolvedOptions } from "../../../client/options/resolve-options.ts";
import type { ServedProfile } from "../../server/calls/profiles.ts";
import { resolveConnection } from "../connection.ts";
import type { CliContext } from "../context.ts";
import type { ConnectionFlags } from "../shared-options.ts";

/** Which PPS are served, and what was noticed on the way. */
export interface ServedProfiles {
  profiles: ServedProfile[];
  warnings: string[];
}

// With several profiles, these lead to the file and say nothing about any one PPS.
const aboutFiles = ["PPS_CONFIG", "HOME", "XDG_CONFIG_HOME"];

/**
 * The profiles that are named, else what any other command would use, else all of the configuration file, its default first. Where
 * there are several, the environment sets none of their options: it would lead all of them to the same PPS.
 */
export async function chooseProfiles(
  flags: Omit<ConnectionFlags, "profile">,
  named: readonly string[],
  context: CliContext,
): Promise<ServedProfiles> {
  const names = named.length > 0 ? named : await namesInFile(flags, context);
  const [only, ...others] = names;
  if (others.length === 0) {
    const one = await resolveConnection(only === undefined ? flags : { ...flags, profile: only }, context);
    return gather([[one.profile ?? "default", one]]);
  }
  const env = Object.fromEntries(aboutFiles.map((name) => [name, context.env[name]]));
  const resolved = names.map(
    async (profile): Promise<[string, ResolvedOptions]> => [
      profile,
      await resolveConnection({ config: flags.config, profile } as ConnectionFlags, { ...context, env }),
    ],
  );
  return gather(await Promise.all(resolved));
}

function gather(resolved: readonly [string, ResolvedOptions][]): ServedProfiles {
  return {
    profiles: resolved.map(([name, { options }]) => ({ name, options })),
    warnings: [...new Set(resolved.flatMap(([, { warnings }]) => warnings))],
  };
}

/** None where an address or a profile is meant without naming one here. */
async function namesInFile(flags: ConnectionFlags, { env }: CliContext): Promise<string[]> {
  if ((flags.url ?? env.PPS_URL ?? env.PPS_PROFILE ?? "") !== "") return [];
  const { chooseConfigPath, readConfigFile } = await import("../../../client/options/config-file.ts");
  const file = await readConfigFile(chooseConfigPath(flags.config, env));
  const names = [...(file?.profiles.keys() ?? [])];
  return names.sort((one, other) => Number(other === file?.defaultProfile) - Number(one === file?.defaultProfile));
}
