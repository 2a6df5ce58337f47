import { PpsError } from "../../core/errors.ts";
import { ask, type Effect, type Json, type Reply, type Steps } from "../../core/steps.ts";
import { parseJson, requireSuccess, wordsOf, wrongPlaceHint } from "../answers.ts";
import { readProfile, type UserProfile } from "./profile.ts";

/** The path of one user, by address, alias or uid (pps-api.md 6). Throws PpsError `bad_input` for what no path can hold. */
export function userPath(user: string): string {
  // Every client and proxy takes these for steps up and down, however they are encoded.
  if (user === "." || user === "..") throw new PpsError("bad_input", `"${user}" names no user.`);
  return `/enduser/${encodeURIComponent(user).replace(/%40/g, "@")}`;
}

/** What a user is called in messages. */
export function nameUser(user: string): string {
  return `user ${user}`;
}

/**
 * Reads one user's profile. Throws PpsError `not_found` when PPS knows no such user, and `unexpected` when the answer is
 * no profile: an empty user would look like one without lists.
 */
export function* fetchUser(user: string): Steps<UserProfile> {
  const reply = yield* ask({ method: "GET", path: userPath(user), effect: "read", expect: "text" });
  if (reply.status === 404) throw noSuchUser(user, reply);
  requireSuccess(reply, { what: `the profile of ${nameUser(user)}`, access: "enduser" });
  const profile = readProfile(parseJson(reply.text));
  if (profile !== undefined) return profile;
  const words = wordsOf(reply) || "an empty answer";
  throw new PpsError("unexpected", `PPS answered with something that is no profile of ${nameUser(user)}: ${words}`, {
    status: reply.status,
    requestId: reply.requestId,
    hint: wrongPlaceHint,
  });
}

/** PPS's own 404. A page in its place means that the address is wrong, which `requireSuccess` says. */
export function noSuchUser(user: string, reply: Reply): PpsError {
  const words = wordsOf(reply);
  return new PpsError("not_found", `PPS knows no ${nameUser(user)}${words === "" ? "." : `: ${words}`}`, {
    status: reply.status,
    requestId: reply.requestId,
    hint: "Check the spelling; a user is named by an address, an alias or a uid.",
  });
}

/** Sends one change to a user. Gives any answer; throws PpsError when no whole one came. */
export function* sendUser(
  method: "POST" | "PUT" | "DELETE",
  user: string,
  effect: Effect,
  body?: { [key: string]: Json },
): Steps<Reply> {
  return yield* ask({ method, path: userPath(user), effect, expect: "text", ...(body ? { body } : {}) });
}
