import type { Output } from "../../../core/command.ts";
import { found, type Steps } from "../../../core/steps.ts";
import { eachOnce } from "../../each-once.ts";
import type { ListName } from "../../lists/list-name.ts";
import { fetchUser } from "../request.ts";
import { readListOf } from "./user-list.ts";
import { fromWireEntry } from "./wire-entry.ts";

/** One entry of a user's own list. */
export interface UserListEntry {
  user: string;
  list: ListName;
  /** In the words that commands take: `*.evil.example` where PPS writes `evil.example`. */
  entry: string;
  /** As PPS spells it. */
  value: string;
}

/** What each value of an entry means; the same list as `UserListEntry`. */
export const userListEntryOutputs: readonly Output[] = [
  { name: "user", type: "string", description: "Whose list it is, as the user was named." },
  { name: "list", type: "string", description: "Which list: blocklist or safelist." },
  {
    name: "entry",
    type: "string",
    description: "The sender: an address, @domain, or *.domain for a domain and every name below it.",
  },
  { name: "value", type: "string", description: "The same as PPS spells it." },
];

/** What a table of entries shows. */
export const userListEntryColumns = ["user", "list", "entry"] as const;

/** Hands on the entries of users' own lists, one user after another. Throws PpsError for the first that cannot be read. */
export function* listUserLists(list: ListName, users: readonly string[]): Steps<{ notes: string[] }> {
  for (const user of eachOnce(users)) {
    const entries = readListOf(yield* fetchUser(user), { user, list });
    yield* found(entries.map((value): UserListEntry => ({ user, list, entry: fromWireEntry(value), value })));
  }
  return { notes: [] };
}
