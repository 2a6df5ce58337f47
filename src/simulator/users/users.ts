import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "../store/schema.ts";
import { newUser, type User } from "./user.ts";

/** The end users of a gateway. A user goes by his primary address, his aliases and his uid, letter case ignored. */
export interface Users {
  find(name: string): User | undefined;
  /** False, and nothing added, when one of his names is taken. */
  add(user: User): boolean;
  /** Puts a user in the place of the one with his uid. False, and nothing changed, when a name is somebody else's. */
  replace(user: User): boolean;
  /** Whether there was one with this uid. */
  remove(uid: string): boolean;
  /** Makes a recipient known as a user unless he is one. `now` is in seconds since 1970. */
  meet(address: string, now: number): void;
  clear(): void;
}

/** Keeps the users in the gateway's database, so that they survive whatever the mail survives. */
export function createUsers(database: DatabaseSync): Users {
  const owner = database.prepare("SELECT enduser FROM enduser_name WHERE name = ?");
  const profile = database.prepare("SELECT profile FROM enduser WHERE uid = ?");
  const write = database.prepare(
    "INSERT INTO enduser (uid, profile) VALUES (?, ?) ON CONFLICT (uid) DO UPDATE SET profile = excluded.profile",
  );
  const erase = database.prepare("DELETE FROM enduser WHERE uid = ?");
  const addName = database.prepare("INSERT INTO enduser_name (name, enduser) VALUES (?, ?)");
  const dropNames = database.prepare("DELETE FROM enduser_name WHERE enduser = ?");

  return {
    find(name) {
      const uid = ownerOf(name);
      return uid === undefined ? undefined : (JSON.parse(profile.get(uid)?.profile as string) as User);
    },
    add: (user) => save(user, undefined),
    replace: (user) => save(user, fold(user.uid)),
    remove(uid) {
      const key = fold(uid);
      return inTransaction(database, () => {
        dropNames.run(key);
        return erase.run(key).changes === 1;
      });
    },
    meet(address, now) {
      if (ownerOf(address) === undefined) save(newUser(fold(address), "filter", now), undefined);
    },
    clear: () => database.exec("DELETE FROM enduser; DELETE FROM enduser_name"),
  };

  function ownerOf(name: string): string | undefined {
    return owner.get(fold(name))?.enduser as string | undefined;
  }

  function save(user: User, holder: string | undefined): boolean {
    const names = new Set([user.uid, user.email, ...user.alias].map(fold));
    if ([...names].some((name) => ![undefined, holder].includes(ownerOf(name)))) return false;
    const key = fold(user.uid);
    inTransaction(database, () => {
      write.run(key, JSON.stringify(user));
      dropNames.run(key);
      for (const name of names) addName.run(name, key);
    });
    return true;
  }
}

const fold = (name: string) => name.toLowerCase();
