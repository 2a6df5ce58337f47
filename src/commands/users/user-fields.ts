import type { Rule } from "../../core/command.ts";
import type { JsonObject } from "../../core/fields.ts";
import { list, object, text } from "../../core/fields.ts";
import type { Json } from "../../core/steps.ts";

/** Which user is meant. */
export const identityFields = {
  email: text({
    positional: true,
    maxLength: 320,
    description: "Address or alias of the user.",
    example: "ann@example.com",
  }),
  uid: text({ maxLength: 320, description: "Uid of the user; it counts where an address is given too." }),
} as const;

/** In the words of the released integration. */
export const emailOrUid: Rule = (input, nameOf) =>
  input.email !== undefined || input.uid !== undefined
    ? undefined
    : `Please specify an email or uid: ${nameOf("email")} or ${nameOf("uid")}.`;

/** Address, alias or uid. */
export function readUser(input: { email?: string; uid?: string }): string {
  return input.uid ?? (input.email as string);
}

/** What a user is to be; the same for creation and change. */
export const settingFields = {
  firstName: text({ maxLength: 256, description: "First name.", example: "Ann" }),
  lastName: text({ maxLength: 256, description: "Last name.", example: "Smith" }),
  fields: object({
    description: "Further fields under PPS's own keys, as a JSON object; they are passed on unread.",
    example: '{"firstname": "Ann"}',
  }),
  attributes: object({
    description: "Attributes under PPS's own keys, as a JSON object; they are passed on unread.",
    example: '{"language": "en"}',
  }),
} as const;

/** Groups to join; the request only adds (pps-api.md 6). */
export function groupsField(description: string) {
  return list({ maxItems: 100, maxLength: 256, separator: "none", description, example: "staff" });
}

/** What may be said of a user, by our field names. */
export interface UserSettings {
  firstName?: string;
  lastName?: string;
  fields?: JsonObject;
  attributes?: JsonObject;
  groups?: readonly string[];
  addGroups?: readonly string[];
  aliases?: readonly string[];
  safelist?: readonly string[];
  blocklist?: readonly string[];
}

/** PPS's keys (pps-api.md 6). */
const wireKeys: { [field: string]: string } = {
  attributes: "attributes",
  firstName: "firstname",
  lastName: "lastname",
  groups: "addgroup",
  addGroups: "addgroup",
  aliases: "alias",
  safelist: "safelist",
  blocklist: "blocklist",
};

/** True for a key of PPS's whose meaning is known here. */
export function isKnownKey(key: string): boolean {
  return Object.keys(wireKeys).some((field) => wireKeys[field] === key);
}

/** The body of a creation or a change: ours under PPS's keys, beside what is passed on. A list of one is sent as a text. */
export function toUserBody(settings: UserSettings): { [key: string]: Json } {
  const body: { [key: string]: Json } = {};
  Object.keys(wireKeys).forEach((field) => {
    const value = settings[field as keyof UserSettings] as Json | undefined;
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return;
    body[wireKeys[field] as string] = Array.isArray(value) && value.length === 1 ? (value[0] as Json) : value;
  });
  return { ...body, ...settings.fields };
}

/** What is given by a field of ours must not stand in `fields` too: which of the two counts would be a guess. */
export const saidOnce: Rule = (input, nameOf) => {
  const passedOn = (input.fields ?? {}) as JsonObject;
  const twice = Object.keys(wireKeys).filter(
    (field) => input[field] !== undefined && passedOn[wireKeys[field] as string] !== undefined,
  )[0];
  if (twice === undefined) return undefined;
  return `${nameOf("fields")} holds ${wireKeys[twice]}, which ${nameOf(twice)} says too; give one of them.`;
};

/** At least one thing must be changed. */
export const someChange: Rule = (input, nameOf) => {
  if (Object.keys(toUserBody(input as UserSettings)).length > 0) return undefined;
  const names = ["firstName", "lastName", "addGroups", "fields", "attributes"].map(nameOf);
  return `Nothing is to be changed; give at least one of ${names.join(", ")}.`;
};
