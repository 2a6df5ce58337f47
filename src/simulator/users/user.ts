/** The lists of senders that a user keeps for himself. */
export type UserList = "safelist" | "blocklist";

/** An end user as the gateway knows him (pps-api.md 6). */
export interface User extends Record<UserList, string[]> {
  uid: string;
  /** The primary address. */
  email: string;
  alias: string[];
  firstname: string;
  lastname: string;
  /** 0 a person, 1 a mailing list. */
  type: 0 | 1;
  groups: string[];
  suborg: string;
  attributes: Record<string, unknown>;
  /** Seconds since 1970. */
  created: number;
  /** Seconds since 1970. */
  lastModified: number;
  /** `api`, or `filter` where the first mail made him known. */
  creationSource: string;
  /** Fields of other names, kept as they came. */
  more: Record<string, unknown>;
}

/** A user of whom nothing but the address is known. `now` is in seconds since 1970. */
export function newUser(email: string, creationSource: string, now: number): User {
  return {
    uid: email,
    email,
    alias: [],
    firstname: "",
    lastname: "",
    type: 0,
    groups: [],
    suborg: "",
    safelist: [],
    blocklist: [],
    attributes: {},
    created: now,
    lastModified: now,
    creationSource,
    more: {},
  };
}
