import type { Output } from "../../core/command.ts";
import type { Json } from "../../core/steps.ts";
import { formatTime, readTime } from "../../core/time.ts";
import { isRecord, readNumber, readText, readTexts, type WireRecord } from "../wire.ts";
import { maskSecrets } from "./secrets.ts";

/** A user as PPS describes one (pps-api.md 6). Names and settings are the user's own texts. */
export interface UserProfile {
  /** "" where PPS sent none. */
  uid: string;
  /** Primary address. */
  email: string;
  aliases: string[];
  firstName: string;
  lastName: string;
  /** `user`, `mailing_list`, or PPS's own word for any other; "" where it sent none. */
  type: string;
  groups: string[];
  suborg: string;
  /** As PPS spells the entries. */
  safelist: string[];
  blocklist: string[];
  /** Settings in effect: the organisation's, the groups' and the user's own, added up by PPS. */
  attributes: WireRecord;
  /** Times are ISO 8601 in UTC; null when PPS sent none that can be read. */
  created: string | null;
  lastModified: string | null;
  lastPasswordChange: string | null;
  lastSignOn: string | null;
  creationSource: string;
  /** What PPS sent beside that, or in a shape that could not be read; its own keys. Secrets are masked. */
  other?: WireRecord;
}

/** What each value of a profile means; the same list as `UserProfile`. */
export const profileOutputs: readonly Output[] = [
  { name: "uid", type: "string", description: "Id of the user in PPS." },
  { name: "email", type: "string", description: "Primary address." },
  { name: "aliases", type: "list", description: "Further addresses of the user." },
  { name: "firstName", type: "string", description: "First name." },
  { name: "lastName", type: "string", description: "Last name." },
  { name: "type", type: "string", description: "A user, or a mailing_list; any other type as PPS calls it." },
  { name: "groups", type: "list", description: "Groups the user belongs to." },
  { name: "suborg", type: "string", description: "Part of the organisation the user belongs to." },
  { name: "safelist", type: "list", description: "Senders the user wants mail from, as PPS spells them." },
  { name: "blocklist", type: "list", description: "Senders the user wants no mail from, as PPS spells them." },
  {
    name: "attributes",
    type: "object",
    description: "Settings in effect, added up by PPS from the organisation's, the groups' and the user's own.",
  },
  { name: "created", type: "time", description: "When the user was created, in UTC." },
  { name: "lastModified", type: "time", description: "When the user was last changed, in UTC." },
  { name: "lastPasswordChange", type: "time", description: "When the password was last changed, in UTC." },
  { name: "lastSignOn", type: "time", description: "When the user last signed on, in UTC." },
  { name: "creationSource", type: "string", description: "How the user came to be in PPS." },
  { name: "other", type: "object", description: "What else PPS sent, under its own keys; passwords masked." },
];

/** What a person is shown; first the columns of the released integration (pps-api.md 6). */
export const profileColumns = ["uid", "email", "firstName", "lastName", "created", "lastModified"].concat(
  ["aliases", "type", "groups", "suborg", "safelist", "blocklist", "attributes"],
  ["lastPasswordChange", "lastSignOn", "creationSource"],
);

/** Keys by any of which an answer is known for a profile, as every single one may be missing. */
const tellTales = ["uid", "email", "alias", "firstname", "lastname", "groups", "safelist", "blocklist"];

const types = ["user", "mailing_list"];

/** Reads a profile; undefined when the value is none, such as a bare status. */
export function readProfile(value: Json | undefined): UserProfile | undefined {
  if (!isRecord(value) || value.errors !== undefined) return undefined;
  if (!tellTales.some((key) => value[key] !== undefined)) return undefined;
  const record: WireRecord = value;
  const other: WireRecord = {};
  const known: { [key: string]: true } = {};
  function text(key: string): string {
    known[key] = true;
    const sent = record[key];
    if (isGiven(sent) && typeof sent === "object") other[key] = sent;
    return readText(sent).trim();
  }
  function texts(key: string, split?: RegExp): string[] {
    known[key] = true;
    const sent = record[key];
    if (!isListOfTexts(sent)) other[key] = sent as Json;
    return readTexts(split !== undefined && typeof sent === "string" ? sent.split(split) : sent)
      .map((item) => item.trim())
      .filter((item) => item !== "");
  }
  function time(key: string): string | null {
    known[key] = true;
    const sent = record[key];
    const read = readUserTime(sent);
    if (read === null && isGiven(sent)) other[key] = sent as Json;
    return read === null ? null : formatTime(read);
  }
  const type = text("type");
  const profile: UserProfile = {
    uid: text("uid"),
    email: text("email"),
    aliases: texts("alias"),
    firstName: text("firstname"),
    lastName: text("lastname"),
    type: /^[01]$/.test(type) ? (types[Number(type)] as string) : type,
    groups: texts("groups"),
    suborg: text("suborg"),
    // No entry holds a comma or a blank, so that one text may be read as several.
    safelist: texts("safelist", /[\s,;]+/),
    blocklist: texts("blocklist", /[\s,;]+/),
    attributes: isRecord(value.attributes) ? maskSecrets(value.attributes) : {},
    created: time("created"),
    lastModified: time("lastmodified"),
    lastPasswordChange: time("lastpasswordchange"),
    lastSignOn: time("lastsignon"),
    creationSource: text("creationsource"),
  };
  Object.keys(value).forEach((key) => {
    const sent = value[key];
    if (known[key] === true || (key === "attributes" && (isRecord(sent) || !isGiven(sent)))) return;
    if (sent !== undefined) other[key] = sent;
  });
  if (Object.keys(other).length > 0) profile.other = maskSecrets(other);
  return profile;
}

function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== "" && value !== 0 && value !== "0";
}

/** Nothing, a text, or a list of them: anything else holds what would be lost by reading it as texts. */
function isListOfTexts(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.every((item) => item === null || typeof item !== "object");
  return typeof value !== "object";
}

/** UTC where no zone is told (pps-api.md 6), or seconds or milliseconds since 1970; milliseconds, null when unreadable. */
function readUserTime(value: Json | undefined): number | null {
  const text = readText(value).trim();
  if (!/^\d{4}-\d\d-\d\d/.test(text) && (readNumber(value) === null || !/^\d{10}(\d{3})?$/.test(text))) return null;
  const read = readTime(text, 0);
  return "time" in read ? read.time : null;
}
