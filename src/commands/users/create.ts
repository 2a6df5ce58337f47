import { command, type RunContext } from "../../core/command.ts";
import { PpsError } from "../../core/errors.ts";
import { list, text } from "../../core/fields.ts";
import type { Steps } from "../../core/steps.ts";
import { asSentence } from "../answers.ts";
import { clockSlack } from "../clock-slack.ts";
import { override } from "../lists/entry-fields.ts";
import { exampleDomain, type ListName } from "../lists/list-name.ts";
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
import { readSenders } from "./lists/senders.ts";
import { lookForUser, unknownError } from "./look.ts";
import type { UserProfile } from "./profile.ts";
import { trySendUser, type UserRequest } from "./request.ts";
import { groupsField, saidOnce, settingFields, toUserBody } from "./user-fields.ts";

function sendersField(which: ListName) {
  const domain = exampleDomain(which);
  return list({
    maxItems: 1000,
    maxLength: 320,
    description: `Senders for the user's own ${which}: ann@${domain}, ${domain}, or *.${domain} with all names below.`,
  });
}

export const usersCreate = command()({
  name: "users.create",
  title: "Create User",
  description: "Creates a user of PPS. A user who exists already is refused and stays as it was.",
  effect: "change",
  access: "enduser",
  fields: {
    email: text({
      required: true,
      positional: true,
      maxLength: 320,
      description: "Primary address of the new user.",
      example: "ann@example.com",
    }),
    ...settingFields,
    groups: groupsField("Group the user is to belong to."),
    aliases: list({ maxItems: 100, maxLength: 320, description: "Further addresses of the user." }),
    safelist: sendersField("safelist"),
    blocklist: sendersField("blocklist"),
    override,
  },
  rules: [saidOnce],
  outputs: userChangeOutputs,
  columns: userChangeColumns,
  examples: [
    {
      line: "pps users create ann@example.com --first-name Ann --last-name Smith",
      purpose: "Create one user",
    },
    {
      line: `pps users create ann@example.com --fields '{"firstname": "Ann"}' --dry-run`,
      purpose: "See what would be sent",
    },
  ],
  *run(input, context) {
    const notes: string[] = [];
    const { email: user, override: isOverridden } = input;
    const lists: { safelist?: string[]; blocklist?: string[] } = {};
    for (const name of ["safelist", "blocklist"] as const) {
      const texts = input[name];
      if (texts === undefined) continue;
      const senders = yield* readSenders(texts, { list: name, field: name, override: isOverridden }, context);
      lists[name] = senders.wanted.map(({ value }) => value);
      for (const note of senders.notes) notes.push(note);
    }
    for (const note of yield* guardPassedOn(input.fields, context)) notes.push(note);
    const body = toUserBody({ ...input, ...lists });
    const request: UserRequest = { method: "POST", user, body, what: `the creation of user ${user}` };
    if (context.dryRun) {
      const planned: UserChange = {
        email: user,
        notes,
        dryRun: true,
        request: showRequest(request),
      };
      return planned;
    }
    const created = yield* create(request, context);
    return { ...created, notes: notes.concat(created.notes) };
  },
});

function* create(request: UserRequest, context: RunContext): Steps<UserChange> {
  const first = yield* trySendUser(request);
  if ("reply" in first) return yield* readChanged(request, first.reply);
  if (first.error.mayHaveHappened !== true) throw first.error;
  return yield* resolveLostCreation(request, first.error, context);
}

/** PPS refuses a second user of the same address, so that a creation which is not seen may be sent once more. */
function* resolveLostCreation(request: UserRequest, lost: PpsError, context: RunContext): Steps<UserChange> {
  const { user, what } = request;
  const seen = yield* lookForUser(user);
  if (seen.kind === "unclear") throw unknownError(lost, what, seen.error);
  if (seen.kind === "present") return judgeByTime(request, seen.profile, lost, context);
  const second = yield* trySendUser(request);
  if ("reply" in second) return yield* readChanged(request, second.reply);
  // Absent a moment ago: whoever is there now came of this call.
  const after = yield* lookForUser(user);
  if (after.kind === "present") return tellChanged(after.profile, request, [foundNote]);
  if (second.error.mayHaveHappened !== true) throw second.error;
  throw unknownError(
    lost,
    what,
    after.kind === "unclear" ? after.error : "The user is not there, and a second try was lost too.",
  );
}

const foundNote = "The answer was lost, but the user is there now.";

/** The user exists. Whether this call created it is told by its time of creation, where PPS gives one. */
function judgeByTime(request: UserRequest, profile: UserProfile, lost: PpsError, context: RunContext): UserChange {
  if (profile.created === null) {
    throw unknownError(lost, request.what, "The user exists, but PPS does not say since when.");
  }
  const created = new Date(profile.created).getTime();
  if (created < context.now - clockSlack) {
    const message = `User already exists. ${asSentence(lost.message)} The user was created at ${profile.created}, before this call.`;
    throw new PpsError("refused", message, { hint: `To change user ${request.user}, modify it instead.` });
  }
  if (compareWithAsked(profile, request.body ?? {}).unmet.length > 0) {
    throw unknownError(lost, request.what, `The user exists since ${profile.created}, but is not as was asked.`);
  }
  return tellChanged(profile, request, [`${foundNote} It was created at ${profile.created}.`]);
}
