import type { Output } from "../../core/command.ts";
import { isPpsError, PpsError } from "../../core/errors.ts";
import type { Json, Reply, Steps } from "../../core/steps.ts";
import { noteOf, parseJson } from "../answers.ts";
import { compareWithAsked } from "./asked.ts";
import { profileOutputs, readProfile, type UserProfile } from "./profile.ts";
import { fetchUser, type UserRequest, userPath } from "./request.ts";
import { maskSecrets } from "./secrets.ts";

/** What would be sent, in a dry run. Values of keys that name a secret are masked. */
export interface PlannedRequest {
  method: string;
  path: string;
  body?: { [key: string]: Json };
}

/** What a result says of a dry run, and of nothing else. */
export interface Planned {
  dryRun?: boolean;
  request?: PlannedRequest;
}

/** What each value of a plan means; the same list as `Planned`. */
export const plannedOutputs: readonly Output[] = [
  { name: "dryRun", type: "boolean", description: "True when nothing was sent." },
  { name: "request", type: "object", description: "What would be sent, in a dry run." },
];

/** A user after a change, as far as PPS showed it. */
export interface UserChange extends Partial<UserProfile>, Planned {
  notes: string[];
}

/** What each value of a change means; the same list as `UserChange`. */
export const userChangeOutputs: readonly Output[] = profileOutputs.concat(
  [{ name: "notes", type: "list", description: "What could not be learnt, or is not as it was asked for." }],
  plannedOutputs,
);

/** What a person is shown of a change. */
export const userChangeColumns = [
  "uid",
  "email",
  "firstName",
  "lastName",
  "groups",
  "created",
  "lastModified",
] as const;

/** A request for people to look at: a password among its fields is nobody's to see. */
export function showRequest({ method, user, body }: UserRequest): PlannedRequest {
  return { method, path: userPath(user), ...(body === undefined ? {} : { body: maskSecrets(body) }) };
}

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
