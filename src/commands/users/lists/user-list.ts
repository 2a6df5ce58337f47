import { isPpsError, PpsError } from "../../../core/errors.ts";
import { type Json, pause, type Steps } from "../../../core/steps.ts";
import type { ListName } from "../../lists/list-name.ts";
import { type Outcome, outcomeOf } from "../../outcome.ts";
import type { UserProfile } from "../profile.ts";
import { fetchUser, trySendUser } from "../request.ts";

/** One list of one user. */
export interface UserList {
  user: string;
  list: ListName;
}

/** Times to read a list again while PPS may still be at work, and the time between, in milliseconds. */
const laterLooks = [1000, 3000];

/** The entries of one list of a profile. Throws PpsError `unexpected` when PPS sent it in a shape that cannot be read. */
export function readListOf(profile: UserProfile, { user, list }: UserList): string[] {
  if (profile.other?.[list] === undefined) return profile[list];
  throw new PpsError("unexpected", `PPS sent the ${list} of user ${user} in a shape that cannot be read.`, {
    hint: "The user's profile shows it unchanged under other.",
  });
}

/** A change to a list as it is sent. PPS takes one entry as a text and several as a list (pps-api.md 6). */
export interface ListRequest {
  field: string;
  values: readonly string[];
}

/** The body that says it. Never called without values: an empty list might empty the user's. */
export function toListBody({ field, values }: ListRequest): { [key: string]: Json } {
  const body: { [key: string]: Json } = {};
  body[field] = values.length === 1 ? (values[0] as string) : values.slice();
  return body;
}

/** What was sent came to, and the list as it stood afterwards. */
export interface Carried {
  /** `done` when PPS took it, whatever it made of it. */
  sent: Outcome;
  /** Absent where nothing was begun. */
  after?: string[];
  /** Why the list could not be read afterwards. */
  blind?: PpsError;
  /** What requests before the last have added. */
  added?: readonly string[];
}

/**
 * Sends a change to a list and reads the list back. A change whose answer was lost, and which the list does not show, is
 * sent once more: to add or take out the same entries twice does no harm. Never throws PpsError.
 */
export function* carryOut(on: UserList, request: ListRequest, isReached: (list: string[]) => boolean): Steps<Carried> {
  const first = yield* sendOnce(on, request, isReached);
  const isLost = first.sent.outcome === "unknown" && first.after !== undefined && !isReached(first.after);
  if (!isLost) return first;
  const second = yield* sendOnce(on, request, isReached);
  // What the second did surely not do may yet come of the first.
  return second.after === undefined && second.blind === undefined ? first : second;
}

function* sendOnce(on: UserList, request: ListRequest, isReached: (list: string[]) => boolean): Steps<Carried> {
  const sent = yield* send(on, request);
  if (sent.outcome === "failed" || sent.outcome === "not_found") return { sent };
  try {
    let after = readListOf(yield* fetchUser(on.user), on);
    for (const milliseconds of laterLooks) {
      if (isReached(after) || sent.outcome === "refused") break;
      yield* pause(milliseconds);
      after = readListOf(yield* fetchUser(on.user), on);
    }
    return { sent, after };
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return { sent, blind: error };
  }
}

function* send({ user, list }: UserList, request: ListRequest): Steps<Outcome> {
  const what = `the change to the ${list} of user ${user}`;
  const sent = yield* trySendUser({ method: "PUT", user, body: toListBody(request), what });
  if ("error" in sent) return outcomeOf(sent.error);
  const { status, requestId } = sent.reply;
  return { outcome: "done", message: "", status, ...(requestId === undefined ? {} : { requestId }) };
}
