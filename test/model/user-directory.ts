import { recogniseName } from "../../src/client/names/recognised-name.ts";
import { PpsError } from "../../src/core/errors.ts";
import type { BlockingHost } from "../../src/core/run.ts";
import type { Ask, Json, Reply } from "../../src/core/steps.ts";
import { emptyContents, type Fate } from "./mail-system.ts";

/** A user as PPS keeps one; keys are those of a profile (pps-api.md 6). */
export type DirectoryUser = Record<string, Json> & { safelist: string[]; blocklist: string[] };

/** How this PPS treats users' lists where pps-api.md 6 and 10 leave it open. */
export interface ListHabits {
  /** New entries join the list, or take its place. */
  put: "add" | "replace";
  /** The key that takes entries out, as `delete` before the list's name; other keys are ignored. */
  removal: "delete" | "remove" | "none";
  /** Several entries as an array, or one entry as a text only. */
  takesArrays: boolean;
  /** Most entries in one list. */
  limit: number;
}

/** PPS's end users in memory, as a host to run commands against. */
export interface UserDirectory extends BlockingHost {
  users: Record<string, DirectoryUser>;
  habits: ListHabits;
  /** Decides what each request meets. */
  fate: (request: Ask) => Fate;
  asked: Ask[];
  items: unknown[];
  pauses: number[];
  /** PPS's clock, milliseconds since 1970. */
  now: number;
}

const plainHabits: ListHabits = { put: "add", removal: "delete", takesArrays: true, limit: 500 };

export function directoryUser(email: string, given: Record<string, Json> = {}): DirectoryUser {
  return { email, uid: email, safelist: [], blocklist: [], created: "2026-01-02 03:04:05", ...given } as DirectoryUser;
}

export function createUserDirectory(
  users: readonly DirectoryUser[],
  given: Partial<Omit<UserDirectory, "users" | "habits">> & { habits?: Partial<ListHabits> } = {},
): UserDirectory {
  const directory: UserDirectory = {
    users: Object.fromEntries(users.map((user) => [String(user.email), structuredClone(user)])),
    fate: () => undefined,
    asked: [],
    items: [],
    pauses: [],
    now: Date.UTC(2026, 2, 4, 12),
    ask(request) {
      directory.asked.push(structuredClone(request));
      const fate = directory.fate(request);
      if (fate === "not-sent") throw new PpsError("unreachable", "Nobody listens at pps.example.com:10000.");
      if (fate === "before") throw lost();
      if (typeof fate === "object") return { status: 200, headers: {}, text: "", ...fate };
      const reply = answer(directory, request);
      if (fate === "after") throw lost();
      return reply;
    },
    found: (items) => directory.items.push(...items),
    progress() {},
    pause: (milliseconds) => directory.pauses.push(milliseconds),
    inspect: () => emptyContents,
    recognise: (names) => names.map(recogniseName),
    retrieve: () => {
      throw new PpsError("unreachable", "There is no such document.");
    },
    agree: () => "unasked",
    ...given,
    habits: { ...plainHabits, ...given.habits },
  };
  return directory;
}

/** The changes that were asked for, in order. */
export function changesIn(directory: UserDirectory): Ask[] {
  return directory.asked.filter(({ method }) => method !== "GET");
}

/** The first `count` changes meet a fate, everything else passes. */
export function firstChanges(count: number, fate: Fate): UserDirectory["fate"] {
  let left = count;
  return ({ method }) => (method !== "GET" && left-- > 0 ? fate : undefined);
}

function lost(): PpsError {
  return new PpsError("unreachable", "PPS did not answer in 60 seconds.", { mayHaveHappened: true });
}

function answer(directory: UserDirectory, request: Ask): Reply {
  const match = /^\/enduser\/([^/?#]+)$/.exec(request.path);
  if (match === null) throw new Error(`not a path of pps-api.md 6: ${request.path}`);
  const name = decodeURIComponent(match[1] ?? "");
  const user = Object.values(directory.users).find(({ email, uid }) => email === name || uid === name);
  if (request.method === "POST") {
    if (user !== undefined) return refusal(400, "User already exists");
    const created = new Date(directory.now).toISOString().slice(0, 19).replace("T", " ");
    const fresh = directoryUser(name, { created });
    const refused = change(directory, fresh, request.body ?? {});
    if (refused === undefined) directory.users[name] = fresh;
    return refused ?? profile(fresh);
  }
  if (user === undefined) return refusal(404, "User not found");
  if (request.method === "DELETE") {
    delete directory.users[String(user.email)];
    return { status: 200, headers: {}, text: "{}" };
  }
  return (request.method === "PUT" ? change(directory, user, request.body ?? {}) : undefined) ?? profile(user);
}

function profile(user: DirectoryUser): Reply {
  return { status: 200, headers: {}, text: JSON.stringify(user) };
}

function refusal(status: number, error: string): Reply {
  return { status, headers: {}, text: JSON.stringify({ status, errors: { invalidarguments: [{ error }] } }) };
}

/** Changes everything or, when it is refused, nothing. */
function change({ habits }: UserDirectory, user: DirectoryUser, body: Record<string, Json>): Reply | undefined {
  const draft = structuredClone(user);
  for (const [key, value] of Object.entries(body)) {
    const list = (["safelist", "blocklist"] as const).find((name) => key.endsWith(name));
    if (list === undefined) {
      if (key === "addgroup") draft.groups = [...((draft.groups as Json[]) ?? []), ...[value].flat()];
      else draft[key] = value;
      continue;
    }
    if (Array.isArray(value) && !habits.takesArrays) return refusal(400, `Bad value of ${key}`);
    const entries = [value].flat() as string[];
    if (entries.length === 0) throw new Error(`an empty list was sent as ${key}`);
    const isAmong = (text: string, others: string[]) =>
      others.some((other) => other.toLowerCase() === text.toLowerCase());
    if (key === list) {
      const before = habits.put === "add" ? draft[list] : [];
      draft[list] = [...before, ...entries.filter((entry) => !isAmong(entry, before))];
      if (draft[list].length > habits.limit) return refusal(400, `The ${list} would be too long`);
    } else if (key === `${habits.removal}${list}`)
      draft[list] = draft[list].filter((entry) => !isAmong(entry, entries));
  }
  Object.assign(user, draft);
  return undefined;
}
