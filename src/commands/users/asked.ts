import type { Json } from "../../core/steps.ts";
import { isAmong } from "../each-once.ts";
import { isRecord, readText, readTexts } from "../wire.ts";
import type { UserProfile } from "./profile.ts";
import { isSecret } from "./secrets.ts";

/** How far a profile shows what a request asked for, by PPS's keys. */
export interface Comparison {
  /** Asked for, and not so in the profile. */
  unmet: string[];
  /** Asked for, and nothing of the kind in the profile. */
  untold: string[];
}

/** Compares a profile with the body of the request that was to lead to it. */
export function compareWithAsked(profile: UserProfile, body: { readonly [key: string]: Json }): Comparison {
  const comparison: Comparison = { unmet: [], untold: [] };
  Object.keys(body).forEach((key) => {
    const isMet = isShown(profile, key, body[key] as Json);
    if (isMet === undefined) comparison.untold.push(key);
    else if (!isMet) comparison.unmet.push(key);
  });
  return comparison;
}

/** Undefined where the profile tells nothing of it. */
function isShown(profile: UserProfile, key: string, asked: Json): boolean | undefined {
  switch (key) {
    case "firstname":
      return profile.firstName === readText(asked).trim();
    case "lastname":
      return profile.lastName === readText(asked).trim();
    case "addgroup":
      return isWithin(asked, profile.groups);
    case "alias":
      return isWithin(asked, profile.aliases);
    case "safelist":
    case "blocklist":
      return isWithin(asked, profile[key]);
    case "attributes":
      if (!isRecord(asked)) return undefined;
      return Object.keys(asked).every((name) => isSecret(name) || isSame(asked[name], profile.attributes[name]));
    default:
      if (isSecret(key)) return undefined;
      return profile.other?.[key] === undefined ? undefined : isSame(asked, profile.other[key]);
  }
}

function isWithin(asked: Json, shown: readonly string[]): boolean {
  return readTexts(asked).every((text) => isAmong(text.trim(), shown));
}

/** Numbers may come back as texts. */
function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (typeof one !== "object" && typeof other !== "object") return readText(one) === readText(other);
  return JSON.stringify(one) === JSON.stringify(other);
}
