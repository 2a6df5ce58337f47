import type { Context } from "hono";
import { newUser, type User } from "../users/user.ts";
import type { RequestVariables } from "./api.ts";
import { userAnswer, userProfile } from "./enduser-answer.ts";
import { type DraftRules, draftUser, isAddress } from "./enduser-draft.ts";
import { readJsonBody } from "./json-body.ts";
import { readParameters } from "./parameters.ts";
import type { RouteParts } from "./parts.ts";
import { WrongRequest } from "./refusal.ts";

type UserContext = Context<{ Variables: RequestVariables }>;

/** What can be done with one end user, who stands as address, alias or uid in the last part of the path (pps-api.md 6). */
export interface EndUserRoutes {
  show(context: UserContext): Response;
  create(context: UserContext): Promise<Response>;
  change(context: UserContext): Promise<Response>;
  remove(context: UserContext): Response;
}

/** `GET`, `POST`, `PUT` and `DELETE`. Each throws a Refusal for what the server does not carry out. */
export function endUserRoutes(parts: RouteParts): EndUserRoutes {
  const { store, quirks, clock, userRefusals: refusals } = parts;
  const rules: DraftRules = { quirks, refusals, listLimit: parts.userListLimit };

  return {
    show: (context) => Response.json(userProfile(known(nameIn(context)), quirks)),

    async create(context) {
      const email = nameIn(context);
      const body = await readBody(context);
      if (!isAddress(email)) throw refusals.make("bad-address", email);
      if (store.users.find(email) !== undefined) throw refusals.exists();
      const user = draftUser(newUser(email, "api", seconds()), body, rules);
      if (!store.users.add(user)) throw refusals.make("taken-name", "alias");
      note("user-created", user, context);
      const status = quirks["user-created-status"] === "201" ? 201 : 200;
      return userAnswer(status, userProfile(user, quirks), `User ${email} created`, quirks);
    },

    async change(context) {
      // The user is read last, so that of two changes at a time none is lost.
      const body = await readBody(context);
      const before = known(nameIn(context));
      const user = draftUser(before, body, rules);
      const fields = changed(before, user);
      if (fields.length > 0) {
        user.lastModified = seconds();
        if (!store.users.replace(user)) throw refusals.make("taken-name", "alias");
        note("user-changed", user, context, fields);
      }
      return userAnswer(200, userProfile(user, quirks), `User ${user.email} updated`, quirks);
    },

    remove(context) {
      const user = known(nameIn(context));
      store.users.remove(user.uid);
      note("user-deleted", user, context);
      const said = `User ${user.email} deleted`;
      return userAnswer(200, { status: said }, said, quirks);
    },
  };

  function known(name: string): User {
    const user = store.users.find(name);
    if (user === undefined) throw refusals.notFound();
    return user;
  }

  async function readBody(context: UserContext): Promise<Record<string, unknown>> {
    const body = await readJsonBody(context);
    if (typeof body !== "object" || body === null || Array.isArray(body)) throw refusals.make("bad-body");
    return body as Record<string, unknown>;
  }

  function seconds(): number {
    return Math.floor(clock.now() / 1000);
  }

  function note(
    effect: "user-created" | "user-changed" | "user-deleted",
    { uid }: User,
    context: UserContext,
    fields?: string[],
  ): void {
    store.note({ effect, user: uid, fields, requestId: context.get("requestId") });
  }
}

/** The decoded last part of the path; no call about a user takes query parameters. */
function nameIn({ req: { url } }: UserContext): string {
  readParameters(url, []);
  try {
    return decodeURIComponent(new URL(url).pathname.replace(/^.*\//, ""));
  } catch {
    throw new WrongRequest("the path is not percent-encoded");
  }
}

function changed(before: User, after: User): string[] {
  return (Object.keys(after) as (keyof User)[]).filter(
    (key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]),
  );
}
