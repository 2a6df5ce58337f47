import { profileOutputs, type UserProfile } from "../../../commands/users/profile.ts";
import type { Json } from "../../../core/steps.ts";
import type { WireRecord } from "./records.ts";
import type { XsoarOutput } from "./xsoar-command.ts";

/** PPS's keys, in the order in which the released integration lists them, and what the catalogue calls them. */
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

const types: { [type: string]: XsoarOutput["type"] } = { string: "String", time: "Date" };

export const userOutputs = keys.map(([key, name]): XsoarOutput => {
  const output = profileOutputs.filter((candidate) => candidate.name === name)[0];
  return {
    contextPath: `Proofpoint.User.${key}`,
    type: types[output?.type ?? ""] ?? "Unknown",
    description: output?.description ?? "",
  };
});

/** A user under PPS's keys, with what else PPS sent; times in ISO 8601. */
export function toUserRecord(profile: Partial<UserProfile>): WireRecord {
  const record: WireRecord = { ...profile.other };
  keys.forEach(([key, name]) => {
    const value = profile[name];
    if (value !== undefined && value !== null && record[key] === undefined) record[key] = value as Json;
  });
  return record;
}
