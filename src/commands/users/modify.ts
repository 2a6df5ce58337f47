import { command } from "../../core/command.ts";
import type { PpsError } from "../../core/errors.ts";
import type { Steps } from "../../core/steps.ts";
import { compareWithAsked } from "./asked.ts";
import {
  readChanged,
  showRequest,
  tellChanged,
  type UserChange,
  userChangeColumns,
  userChangeOutputs,
} from "./changed-user.ts";
import { guardPassedOn } from "./lists/passed-on.ts";
import { lookForUser, unknownError } from "./look.ts";
import type { UserProfile } from "./profile.ts";
import { trySendUser, type UserRequest } from "./request.ts";
import {
  emailOrUid,
  groupsField,
  identityFields,
  isKnownKey,
  readUser,
  saidOnce,
  settingFields,
  someChange,
  toUserBody,
} from "./user-fields.ts";

export const usersModify = command()({
  name: "users.modify",
  title: "Modify User",
  description: "Changes a user of PPS by address, alias or uid; what is not named stays as it is.",
  effect: "change",
  access: "enduser",
  fields: {
    ...identityFields,
    ...settingFields,
    addGroups: groupsField("Group the user is to join."),
  },
  rules: [emailOrUid, someChange, saidOnce],
  outputs: userChangeOutputs,
  columns: userChangeColumns,
  examples: [
    { line: "pps users modify ann@example.com --last-name Jones", purpose: "Change one user's last name" },
    {
      line: `pps users modify --uid ann --attributes '{"language": "de"}'`,
      purpose: "Set an attribute of one user",
    },
  ],
  *run(input, context) {
    const user = readUser(input);
    const notes = yield* guardPassedOn(input.fields, context);
    const body = toUserBody(input);
    const request: UserRequest = { method: "PUT", user, body, what: `the change of user ${user}` };
    if (context.dryRun) {
      const planned: UserChange = {
        notes,
        dryRun: true,
        request: showRequest(request),
      };
      return planned;
    }
    const modified = yield* modify(request);
    return { ...modified, notes: notes.concat(modified.notes) };
  },
});

function* modify(request: UserRequest): Steps<UserChange> {
  const first = yield* trySendUser(request);
  if ("reply" in first) return yield* readChanged(request, first.reply);
  if (first.error.mayHaveHappened !== true) throw first.error;
  return yield* resolveLostChange(request, first.error);
}

/** True where setting twice does no harm; what a field that is passed on unread would do, nobody here knows. */
function isRepeatable({ body = {} }: UserRequest): boolean {
  return Object.keys(body).every((key) => isKnownKey(key));
}

/** A change that the profile does not show is sent once more, where that does no harm. */
function* resolveLostChange(request: UserRequest, lost: PpsError): Steps<UserChange> {
  const { user, what } = request;
  const seen = yield* lookForUser(user);
  if (seen.kind === "absent") throw seen.error;
  if (seen.kind === "unclear") throw unknownError(lost, what, seen.error);
  if (isAsAsked(seen.profile, request)) return tellFound(seen.profile, request);
  if (!isRepeatable(request)) {
    throw unknownError(lost, what, "The profile does not show the whole change; it was not sent again.");
  }
  const second = yield* trySendUser(request);
  if ("reply" in second) return yield* readChanged(request, second.reply);
  // Refused, perhaps because the first try has taken effect meanwhile.
  const after = yield* lookForUser(user);
  if (after.kind === "present" && isAsAsked(after.profile, request)) return tellFound(after.profile, request);
  if (second.error.mayHaveHappened !== true) throw second.error;
  throw unknownError(
    lost,
    what,
    after.kind === "unclear" ? after.error : "The profile does not show the change, and a second try was lost too.",
  );
}

function isAsAsked(profile: UserProfile, { body = {} }: UserRequest): boolean {
  const { unmet, untold } = compareWithAsked(profile, body);
  return unmet.length === 0 && untold.length === 0;
}

function tellFound(profile: UserProfile, request: UserRequest): UserChange {
  return tellChanged(profile, request, ["The answer was lost, but the profile shows what was asked."]);
}
