import { isPpsError, PpsError } from "../../core/errors.ts";
import type { Json, Reply, Steps } from "../../core/steps.ts";
import { noteOf, parseJson } from "../answers.ts";
import { compareWithAsked } from "./asked.ts";
import { readProfile, type UserProfile } from "./profile.ts";
import { fetchUser, type UserRequest } from "./request.ts";
import type { UserChange } from "./user-change.ts";

/**
 * The user after PPS said that it was done. PPS may answer with the profile or with anything else, so that it is read
 * then. Throws PpsError `unexpected` when PPS does not know the user.
 */
export function* readChanged(request: UserRequest, reply: Reply): Steps<UserChange> {
  const shown = readProfile(parseJson(reply.text));
  if (shown !== undefined) return tellChanged(shown, request, []);
  try {
    return tellChanged(yield* fetchUser(request.user), request, []);
  } catch (error) {
    if (!isPpsError(error)) throw error;
    if (error.code === "not_found") {
      throw new PpsError("unexpected", `PPS took ${request.what} (${reply.status}), but then: ${error.message}`, {
        status: reply.status,
        requestId: reply.requestId,
        mayHaveHappened: true,
        hint: "Look at the user in a minute, before you try again.",
      });
    }
    const note = `PPS took ${request.what}, but the user could not be read afterwards: ${noteOf(error)}`;
    return { email: request.user, notes: [note] };
  }
}

/** A user beside notes on what is not as it was asked for. */
export function tellChanged(
  profile: UserProfile,
  { body = {} }: { body?: { [key: string]: Json } },
  notes: readonly string[],
): UserChange {
  const { unmet } = compareWithAsked(profile, body);
  const missing =
    unmet.length === 0
      ? []
      : [`PPS took the request, but the profile does not show what was asked: ${unmet.join(", ")}.`];
  return { ...profile, notes: notes.concat(missing) };
}
