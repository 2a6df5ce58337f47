import type { Quirks } from "../quirks.ts";
import type { User, UserList } from "../users/user.ts";
import type { UserRefusals } from "./enduser-refusal.ts";

/** What the fields of a create or change are read with. */
export interface DraftRules {
  quirks: Quirks;
  refusals: UserRefusals;
  /** Most entries in one of a user's own lists. */
  listLimit: number;
}

/** Profile keys that only the gateway itself fills. */
const fixedFields = ["uid", "email", "created", "lastmodified", "lastpasswordchange", "lastsignon", "creationsource"];

const longestEntry = 255;

/**
 * The user as the fields of a body want him to be (pps-api.md 6); the given one stays as he is. A field of an unknown name is kept
 * in the profile, and null counts as left out. Throws a refusal for the first field that makes no sense and for a list that
 * would outgrow the limit.
 */
export function draftUser(
  before: User,
  body: Record<string, unknown>,
  { quirks, refusals, listLimit }: DraftRules,
): User {
  const draft = structuredClone(before);
  for (const [name, value] of Object.entries(body)) if (value !== null) apply(name, value);
  for (const list of ["safelist", "blocklist"] as const) {
    const isLonger = draft[list].length > before[list].length;
    if (isLonger && draft[list].length > listLimit) throw refusals.make("list-full", list);
  }
  return draft;

  function apply(name: string, value: unknown): void {
    switch (name) {
      case "firstname":
      case "lastname":
      case "suborg":
        draft[name] = text(name, value);
        return;
      case "type":
        if (!["0", "1"].includes(String(value))) throw refusals.make("bad-value", name);
        draft.type = Number(value) as User["type"];
        return;
      case "alias":
        draft.alias = united(draft.alias, texts(name, value).map(address));
        return;
      case "groups":
      case "addgroup":
        draft.groups = united(draft.groups, texts(name, value));
        return;
      case "attributes":
        if (typeof value !== "object" || Array.isArray(value)) throw refusals.make("bad-value", name);
        Object.assign(draft.attributes, value);
        return;
      case "safelist":
      case "blocklist":
        draft[name] = united(quirks["user-lists"] === "replace" ? [] : draft[name], entries(name, value));
        return;
      case "deletesafelist":
      case "deleteblocklist":
        take(name === "deletesafelist" ? "safelist" : "blocklist", name, value);
        return;
      default:
        if (fixedFields.includes(name)) throw refusals.make("fixed-field", name);
        draft.more[name] = value;
    }
  }

  function take(list: UserList, name: string, value: unknown): void {
    if (quirks["user-removal"] === "refused") throw refusals.make("bad-value", name);
    if (quirks["user-removal"] === "ignored") return;
    const unwanted = entries(name, value).map((entry) => entry.toLowerCase());
    draft[list] = draft[list].filter((entry) => !unwanted.includes(entry.toLowerCase()));
  }

  function entries(name: string, value: unknown): string[] {
    if (Array.isArray(value) && quirks["user-list-form"] === "text") throw refusals.make("bad-value", name);
    const list = texts(name, value);
    const isOdd = (entry: string) => /[\s,<>\p{Cc}]/u.test(entry) || entry.length > longestEntry;
    if (list.some(isOdd)) throw refusals.make("bad-value", name);
    return list;
  }

  /** A list, of which one may stand as text by itself and none as the empty text. */
  function texts(name: string, value: unknown): string[] {
    if (value === "") return [];
    return (Array.isArray(value) ? value : [value]).map((item) => text(name, item, 1));
  }

  function text(name: string, value: unknown, shortest = 0): string {
    if (typeof value !== "string" || value.length < shortest) throw refusals.make("bad-value", name);
    return value;
  }

  function address(given: string): string {
    if (!isAddress(given)) throw refusals.make("bad-address", given);
    return given;
  }
}

/** Whether a text has the form of one address. */
export function isAddress(given: string): boolean {
  return /^[^\s@,<>]+@[^\s@,<>]+$/.test(given);
}

/** Both lists without doubles, letter case ignored. */
function united(list: readonly string[], more: readonly string[]): string[] {
  const seen = new Set<string>();
  return [...list, ...more].filter((item) => {
    const isNew = !seen.has(item.toLowerCase());
    seen.add(item.toLowerCase());
    return isNew;
  });
}
