import type { Command } from "../../../core/command.ts";

/** What a token may be allowed to do. */
export const scopes = ["read", "change", "destroy", "lists", "users"] as const;

/** One right; a call needs all of `neededScopes`, none includes another. */
export type Scope = (typeof scopes)[number];

/** What stands for every profile, also for those that are made later. */
export const everyProfile = "*";

/** Who calls: a name with its rights. */
export interface Holder {
  name: string;
  /** Which of the name's tokens was shown; absent where none was needed. */
  tokenId?: string;
  scopes: readonly Scope[];
  /** Names of profiles, or `everyProfile`. */
  profiles: readonly string[];
}

/** Whoever calls a server that asks for no token; no token can have this name. */
export const anonymousHolder: Holder = { name: "anonymous", scopes, profiles: [everyProfile] };

/**
 * The scopes a command needs, all of them: that of its effect, and that of what it works on. Sender lists need `lists`
 * whose ever they are, so that `blocklist.add` for one user asks for the same right as `users.blocklist.add`.
 */
export function neededScopes({ name, effect, changesLists }: ScopedCommand): Scope[] {
  if (changesLists || /(^|\.)(blocklist|safelist)\./.test(name)) return [effect, "lists"];
  return name.startsWith("users.") ? [effect, "users"] : [effect];
}

type ScopedCommand = Pick<Command, "name" | "effect" | "changesLists">;

/** The scopes a call would need and its caller has not; none when it may go on. */
export function missingScopes(holder: Holder, command: ScopedCommand): Scope[] {
  return neededScopes(command).filter((scope) => !holder.scopes.includes(scope));
}

/** True where the caller may work the PPS of a profile. */
export function mayUseProfile(holder: Holder, profile: string): boolean {
  return holder.profiles.includes(everyProfile) || holder.profiles.includes(profile);
}
