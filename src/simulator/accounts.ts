import { createHash, timingSafeEqual } from "node:crypto";

/** A managed module of an API role; each opens one part of the API (pps-api.md 1). */
export type ManagedModule = "Quarantine" | "pss" | "enduser";

/** Every managed module there is. */
export const managedModules: readonly ManagedModule[] = ["Quarantine", "pss", "enduser"];

/** An administrator with a role of type API. */
export interface Account {
  username: string;
  password: string;
  modules: readonly ManagedModule[];
}

/** The administrators of one gateway. */
export interface Accounts {
  all: readonly Account[];
  /** The account whose name and password an `Authorization: Basic` header carries. */
  authenticate(header: string | undefined): Account | undefined;
}

/** The account every simulator has unless others are given: all modules. */
export function defaultAccount(password: string): Account {
  return { username: "api-admin", password, modules: managedModules };
}

/** Throws when two accounts share a name or a name holds a colon, which Basic cannot carry. */
export function createAccounts(all: readonly Account[]): Accounts {
  const byName = new Map<string, Account>();
  for (const account of all) {
    if (account.username.includes(":")) throw new Error(`The account name "${account.username}" may not hold a colon.`);
    if (byName.has(account.username)) throw new Error(`The account "${account.username}" is there twice.`);
    byName.set(account.username, account);
  }
  return {
    all,
    authenticate(header) {
      const credentials = /^basic +([a-z0-9+/=_-]+) *$/i.exec(header ?? "")?.[1];
      if (credentials === undefined) return undefined;
      const text = Buffer.from(credentials, "base64").toString("utf8");
      const colon = text.indexOf(":");
      if (colon < 0) return undefined;
      const account = byName.get(text.slice(0, colon));
      return account !== undefined && isSameSecret(account.password, text.slice(colon + 1)) ? account : undefined;
    },
  };
}

/** Compares without telling by the time it takes how much of a guess was right. */
export function isSameSecret(left: string, right: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
