import type { PpsOptions } from "../../client/options/options.ts";
import type { ResolvedOptions } from "../../client/options/resolve-options.ts";
import type { Pps } from "../../client/pps.ts";
import type { CliContext } from "./context.ts";
import type { Talk } from "./output/talk.ts";
import { type ConnectionFlags, timeoutOf } from "./shared-options.ts";

/** What the flags, the environment and the configuration file come to together, and where each value came from. */
export async function resolveConnection(flags: ConnectionFlags, context: CliContext): Promise<ResolvedOptions> {
  const { resolveOptions } = await import("../../client/options/resolve-options.ts");
  const { url, username, ca, insecure, proxy } = flags;
  const explicit: Partial<PpsOptions> = { url, username, ca, insecure, proxy, timeoutMs: timeoutOf(flags) };
  return resolveOptions({
    explicit: Object.fromEntries(Object.entries(explicit).filter(([, value]) => value !== undefined)),
    env: context.env,
    configPath: flags.config,
    profile: flags.profile,
  });
}

/** A client for the PPS that the flags mean; its warnings go to stderr. */
export async function connect(flags: ConnectionFlags, context: CliContext, talk: Talk): Promise<Pps> {
  const { options, warnings } = await resolveConnection(flags, context);
  const { createPps } = await import("../../client/pps.ts");
  const pps = createPps({ ...options, onWarning: (sentence) => warnings.push(sentence) });
  for (const warning of warnings) await talk.warn(`warning: ${warning}`);
  return pps;
}
