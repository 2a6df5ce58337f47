import { isPpsError, PpsError } from "../../core/errors.ts";
import type { Steps } from "../../core/steps.ts";
import { asSentence, noteOf } from "../answers.ts";
import type { UserProfile } from "./profile.ts";
import { fetchUser } from "./request.ts";

/** What was seen of a user after an answer was lost; `unclear` when looking failed. */
export type Sight =
  | { kind: "present"; profile: UserProfile }
  | { kind: "absent"; error: PpsError }
  | { kind: "unclear"; error: PpsError };

/** Looks whether a user is there. Never throws PpsError. */
export function* lookForUser(user: string): Steps<Sight> {
  try {
    return { kind: "present", profile: yield* fetchUser(user) };
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return { kind: error.code === "not_found" ? "absent" : "unclear", error };
  }
}

/** A change of which it cannot be told whether it took effect. */
export function unknownError(lost: PpsError, what: string, seen: string | PpsError): PpsError {
  const told = typeof seen === "string" ? seen : `Looking for the user did not settle it: ${noteOf(seen)}`;
  return new PpsError(lost.code, `${asSentence(lost.message)} ${told}`, {
    status: lost.status,
    requestId: lost.requestId,
    mayHaveHappened: true,
    hint: `Whether ${what} took effect is not known. Look at the user before you try again.`,
    cause: lost,
  });
}
