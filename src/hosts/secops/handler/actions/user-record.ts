import type { UserProfile } from "../../../../commands/index.ts";
import type { Json } from "../../../../core/steps.ts";
import type { WireRecord } from "./records.ts";

/** PPS's keys (pps-api.md 6), and what the catalogue calls them. */
const keys: readonly (readonly [key: string, name: keyof UserProfile])[] = [
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

/** A user under PPS's keys, with what else PPS sent; times in ISO 8601. */
export function toUserRecord(profile: Partial<UserProfile>): WireRecord {
  const record: WireRecord = { ...profile.other };
  for (const [key, name] of keys) {
    const value = profile[name];
    if (value !== undefined && value !== null && record[key] === undefined) record[key] = value as Json;
  }
  return record;
}
