import { command, type Output } from "../../core/command.ts";
import type { Steps } from "../../core/steps.ts";
import { type Planned, plannedOutputs, showRequest } from "./changed-user.ts";
import { lookForUser, unknownError } from "./look.ts";
import { trySendUser, type UserRequest } from "./request.ts";
import { emailOrUid, identityFields, readUser } from "./user-fields.ts";

/** What became of a user that was to be deleted. */
export interface UserDeletion extends Planned {
  /** Address, alias or uid, as it was given. */
  user: string;
  /** False only in a dry run: what failed is an error. */
  deleted: boolean;
  message: string;
}

/** What each value of a deletion means; the same list as `UserDeletion`. */
const deletionOutputs: readonly Output[] = [
  { name: "user", type: "string", description: "Address, alias or uid, as it was given." },
  { name: "deleted", type: "boolean", description: "True: PPS does not know the user any more." },
  { name: "message", type: "string", description: "The same as a sentence." },
  ...plannedOutputs,
];

export const usersDelete = command()({
  name: "users.delete",
  title: "Delete User",
  description:
    "Deletes a user of PPS by address, alias or uid, with the user's own lists and settings. It cannot be undone.",
  effect: "destroy",
  access: "enduser",
  fields: identityFields,
  rules: [emailOrUid],
  outputs: deletionOutputs,
  columns: ["deleted", "user", "message"],
  examples: [{ line: "pps users delete ann@example.com --yes", purpose: "Delete one user without being asked" }],
  *run(input, context) {
    const user = readUser(input);
    const request: UserRequest = { method: "DELETE", user, what: `the deletion of user ${user}` };
    if (context.dryRun) {
      const planned: UserDeletion = {
        user,
        deleted: false,
        message: `Would delete user ${user}; nothing was sent.`,
        dryRun: true,
        request: showRequest(request),
      };
      return planned;
    }
    const deletion: UserDeletion = { user, deleted: true, message: yield* remove(request) };
    return deletion;
  },
});

/** Gives the sentence that tells of it. A deletion whose answer was lost may be sent again: nobody is deleted twice. */
function* remove(request: UserRequest): Steps<string> {
  const { user, what } = request;
  const done = `Deleted user ${user}.`;
  const gone = `The answer was lost, but PPS knows no user ${user} now.`;
  const first = yield* trySendUser(request);
  if ("reply" in first) return done;
  if (first.error.mayHaveHappened !== true) throw first.error;
  const seen = yield* lookForUser(user);
  if (seen.kind === "absent") return gone;
  if (seen.kind === "unclear") throw unknownError(first.error, what, seen.error);
  const second = yield* trySendUser(request);
  if ("reply" in second) return done;
  if (second.error.code === "not_found") return gone;
  const after = yield* lookForUser(user);
  if (after.kind === "absent") return gone;
  if (second.error.mayHaveHappened !== true) throw second.error;
  throw unknownError(
    first.error,
    what,
    after.kind === "unclear" ? after.error : "The user is still there, and a second try was lost too.",
  );
}
