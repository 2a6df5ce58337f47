import type { Json } from "../../core/steps.ts";
import type { UserProfile } from "./profile.ts";

/** PPS's keys of a user (pps-api.md 6), and what the catalogue calls them. */
export const userKeys: readonly (readonly [key: string, name: keyof UserProfile])[] = [
  ["alias", "aliases"],
  ["attributes", "attributes"],
  ["blocklist", "blocklist"],
  ["created", "created"],
  ["creationsource", "creationSource"],
  ["email", "email"],
  ["firstname", "firstName"],
  ["groups", "groups"],
  ["lastmodified", "lastModified"],
  ["lastname", "lastName"],
  ["lastpasswordchange", "lastPasswordChange"],
  ["lastsignon", "lastSignOn"],
  ["safelist", "safelist"],
  ["suborg", "suborg"],
  ["type", "type"],
  ["uid", "uid"],
];

/** A user under PPS's keys, with what else PPS sent, for hosts whose users know them; times in ISO 8601. */
export function toUserRecord(profile: Partial<UserProfile>): { [key: string]: Json } {
  const record: { [key: string]: Json } = { ...profile.other };
  userKeys.forEach(([key, name]) => {
    const value = profile[name];
    if (value !== undefined && value !== null && record[key] === undefined) record[key] = value as Json;
  });
  return record;
}
