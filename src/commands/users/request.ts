import { isPpsError, PpsError } from "../../core/errors.ts";
import { ask, type Json, type Reply, type Steps } from "../../core/steps.ts";
import { parseJson, requireSuccess, wordsOf, wrongPlaceHint } from "../answers.ts";
import { isRecord, readNumber } from "../wire.ts";
import { readProfile, type UserProfile } from "./profile.ts";
import { blotOut } from "./secrets.ts";

/** The path of one user, by address, alias or uid (pps-api.md 6). Throws PpsError `bad_input` for what no path can hold. */
export function userPath(user: string): string {
  // Every client and proxy takes these for steps up and down, however they are encoded.
  if (user === "." || user === "..") throw new PpsError("bad_input", `"${user}" names no user.`);
  return `/enduser/${encodeURIComponent(user).replace(/%40/g, "@")}`;
}

/**
 * Reads one user's profile. Throws PpsError `not_found` when PPS knows no such user, and `unexpected` when the answer is
 * no profile: an empty user would look like one without lists.
 */
export function* fetchUser(user: string): Steps<UserProfile> {
  const what = `the profile of user ${user}`;
  const reply = yield* ask({ method: "GET", path: userPath(user), effect: "read", expect: "text" });
  requireUser(reply, { user, what, change: false });
  const profile = readProfile(parseJson(reply.text));
  if (profile !== undefined) return profile;
  const words = wordsOf(reply) || "an empty answer";
  throw new PpsError("unexpected", `PPS answered with something that is no profile of user ${user}: ${words}`, {
    status: reply.status,
    requestId: reply.requestId,
    hint: wrongPlaceHint,
  });
}

/** A change to one user. */
export interface UserRequest {
  method: "POST" | "PUT" | "DELETE";
  user: string;
  body?: { [key: string]: Json };
  /** What it is called in messages, such as `the creation of user ann@example.com`. */
  what: string;
}

/** Sends a change. Gives an answer that says it was done; throws PpsError for any other, and when no whole one came. */
function* sendUser({ method, user, body, what }: UserRequest): Steps<Reply> {
  const effect = method === "DELETE" ? "destroy" : "change";
  const path = userPath(user);
  const reply = yield* ask({ method, path, effect, expect: "text", ...(body === undefined ? {} : { body }) });
  // What PPS says of a refused value may repeat it.
  const told = { ...asTold(reply), text: blotOut(reply.text, body ?? {}) };
  if (method === "POST") refuseDouble(told, user);
  requireUser(told, { user, what, change: true });
  return reply;
}

/** As `sendUser`; what PPS or the way there refused is given, not thrown. */
export function* trySendUser(request: UserRequest): Steps<{ reply: Reply } | { error: PpsError }> {
  try {
    return { reply: yield* sendUser(request) };
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return { error };
  }
}

/** Lets an answer pass that says it was done. Throws PpsError for any other; `not_found` only in PPS's own words. */
function requireUser(reply: Reply, { user, what, change }: { user: string; what: string; change: boolean }): void {
  const told = asTold(reply);
  // Proxies say 404 too, in their own words, while what stands behind them starts.
  if (told.status === 404 && isRecord(parseJson(told.text))) throw noSuchUser(user, told);
  if (told.status === 404) {
    const words = wordsOf(told) || "an empty answer";
    throw new PpsError("unexpected", `PPS did not answer ${what} (404): ${words}`, {
      status: 404,
      requestId: told.requestId,
      hint: wrongPlaceHint,
    });
  }
  requireSuccess(told, { what, access: "enduser", change });
}

/** The status stands in the body too (pps-api.md 6): a 200 whose body tells of errors, or of their status, was no success. */
function asTold(reply: Reply): Reply {
  const body = reply.status < 300 ? parseJson(reply.text) : undefined;
  if (!isRecord(body)) return reply;
  const { errors, status: stated = null } = body;
  const status = readNumber(stated) ?? 0;
  const isFailure = status >= 400 && status <= 599;
  if (typeof errors === "object" && errors !== null && Object.keys(errors).length > 0) {
    return { ...reply, status: isFailure ? status : 400 };
  }
  return isFailure && readProfile(body) === undefined ? { ...reply, status } : reply;
}

/** PPS's own sentence, so that a caller may know it again (pps-api.md 6). */
function refuseDouble(told: Reply, user: string): void {
  const words = wordsOf(told);
  if (told.status < 400 || told.status >= 500 || !/already exists/i.test(words)) return;
  throw new PpsError("refused", words, {
    status: told.status,
    requestId: told.requestId,
    hint: `To change user ${user}, modify it instead.`,
  });
}

function noSuchUser(user: string, reply: Reply): PpsError {
  const words = wordsOf(reply);
  return new PpsError("not_found", `PPS knows no user ${user}${words === "" ? "." : `: ${words}`}`, {
    status: reply.status,
    requestId: reply.requestId,
    hint: "Check the spelling; a user is named by an address, an alias or a uid.",
  });
}
