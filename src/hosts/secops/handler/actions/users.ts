import type { UserChange, UserDeletion, UserProfile } from "../../../../commands/index.ts";
import { toUserRecord } from "../../../../commands/users/user-record.ts";
import { isPpsError } from "../../../../core/errors.ts";
import type { Json } from "../../../../core/steps.ts";
import { commandNamed, execute, type FieldNames, type Performer, type Result, type Run } from "../run.ts";
import { reasonOf, sentences } from "../texts.ts";

const names: FieldNames = {
  firstName: "First Name",
  lastName: "Last Name",
  attributes: "Attributes",
  fields: "Other Fields",
};

/** Get User. */
export const getUser: Performer = async (run) => {
  const user = run.parameters.required("User");
  try {
    return { result: true, message: `User ${user} read.`, json: await read(run, user) };
  } catch (error) {
    if (!isPpsError(error) || error.code !== "not_found") throw error;
    return { result: false, message: absent(user), json: {} };
  }
};

/** Create User. */
export const createUser: Performer = async (run) => {
  const { parameters } = run;
  const email = parameters.required("Email");
  const input = {
    email,
    ...settingsOf(run),
    groups: parameters.list("Groups", 100),
    safelist: parameters.list("Safelist", 1000),
    blocklist: parameters.list("Blocklist", 1000),
  };
  const called = { ...names, email: "Email", groups: "Groups", safelist: "Safelist", blocklist: "Blocklist" };
  return change(run, email, `Created user ${email}`, () =>
    execute<never, UserChange>(run, commandNamed("users.create"), input, called),
  );
};

/** Update User. */
export const updateUser: Performer = async (run) => {
  const { parameters } = run;
  const user = parameters.required("User");
  const input = { email: user, ...settingsOf(run), addGroups: parameters.list("Add Groups", 100) };
  const called = { ...names, email: "User", addGroups: "Add Groups" };
  const changed = run.action.parameters
    .map(({ name }) => name)
    .filter((name) => name !== "User" && parameters.text(name) !== undefined);
  return change(run, user, `Updated user ${user}: ${changed.join(", ")}`, () =>
    execute<never, UserChange>(run, commandNamed("users.modify"), input, called),
  );
};

/** Delete User. */
export const deleteUser: Performer = async (run) => {
  const user = run.parameters.required("User");
  if (run.isDone(user))
    return { result: true, message: repeated(`Deleted user ${user}`), json: { user, deleted: true } };
  try {
    await execute<never, UserDeletion>(run, commandNamed("users.delete"), { email: user }, { email: "User" });
  } catch (error) {
    if (isPpsError(error) && error.code === "not_found" && !error.mayHaveHappened) {
      return { result: false, message: absent(user), json: { user, deleted: false } };
    }
    return unknownOr(run, user, error);
  }
  run.noteDone(user);
  return { result: true, message: `Deleted user ${user}.`, json: { user, deleted: true } };
};

function settingsOf({ parameters }: Run): Record<string, unknown> {
  return {
    firstName: parameters.text("First Name"),
    lastName: parameters.text("Last Name"),
    attributes: parameters.text("Attributes"),
    fields: parameters.text("Other Fields"),
  };
}

async function change(
  run: Run,
  user: string,
  done: string,
  send: () => Promise<{ summary: UserChange }>,
): Promise<Result> {
  if (run.isDone(user)) return { result: true, message: repeated(done), json: await read(run, user) };
  try {
    const { summary } = await send();
    run.noteDone(user);
    return { result: true, message: sentences([done, ...summary.notes]), json: toUserRecord(summary) };
  } catch (error) {
    return unknownOr(run, user, error);
  }
}

async function read(run: Run, user: string): Promise<Json> {
  const called = { email: "User" };
  const { summary } = await execute<never, UserProfile>(run, commandNamed("users.get"), { email: user }, called);
  return toUserRecord(summary);
}

/** What is not known to have failed must not look like it. */
function unknownOr({ action, changed }: Run, user: string, error: unknown): Result {
  if (!isPpsError(error) || (changed.length === 0 && !error.mayHaveHappened)) throw error;
  const reason = reasonOf(error);
  const advice = "Whether it happened is not known: look before you repeat it.";
  return {
    state: "timed_out",
    result: false,
    message: `${action.failureLead}: ${sentences([reason, advice])}`,
    json: { success: [], failed: [], unknown: [{ user, reason }] },
  };
}

function absent(user: string): string {
  return `User ${user} does not exist.`;
}

function repeated(done: string): string {
  return `${done}. An earlier try of this step had done it; it was not sent again.`;
}
