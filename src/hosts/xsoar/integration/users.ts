import { usersCreate } from "../../../commands/users/create.ts";
import { usersDelete } from "../../../commands/users/delete.ts";
import { usersGet } from "../../../commands/users/get.ts";
import { usersModify } from "../../../commands/users/modify.ts";
import type { UserProfile } from "../../../commands/users/profile.ts";
import { toUserRecord } from "../../../commands/users/user-record.ts";
import { PpsError } from "../../../core/errors.ts";
import { type Entry, noteEntry, resultEntry } from "../entries/entry.ts";
import { tableToMarkdown } from "../entries/table-markdown.ts";
import { declareArguments, remainingRows } from "./declared-argument.ts";
import { fieldInput, isGiven } from "./field-input.ts";
import { notesOf } from "./records.ts";
import { userOutputs } from "./user-outputs.ts";
import type { Result, XsoarArgument, XsoarArguments, XsoarCommand } from "./xsoar-command.ts";

const columns = ["uid", "email", "firstname", "lastname", "created", "lastmodified"];

function renderUser(title: string): (result: Result) => Entry[] {
  return (result) => {
    const user = toUserRecord(result.summary as Partial<UserProfile>);
    const notes = notesOf(result);
    const entry = resultEntry({
      contents: user,
      humanReadable: tableToMarkdown(title, [user], columns),
      context: { "Proofpoint.User(val.email && val.email == obj.email)": user },
    });
    return notes.length === 0 ? [entry] : [entry, noteEntry(notes.join("\n"))];
  };
}

function requireUser(args: XsoarArguments): void {
  if (isGiven(args.email) || isGiven(args.uid) || isGiven(args.UID)) return;
  throw new PpsError("bad_input", "Please specify an email or uid");
}

/** To the playbooks of the released integration a user who is not there is an answer. */
function tellNoUser(error: PpsError): Entry[] | undefined {
  return error.code === "not_found" ? [noteEntry("User not found")] : undefined;
}

const identity = declareArguments(usersGet, [
  ["email", "email"],
  ["uid", "uid"],
]);

const getUser: XsoarCommand = {
  name: "proofpoint-pps-get-user",
  description: usersGet.description,
  arguments: identity,
  outputs: userOutputs,
  isHarmful: false,
  call(args) {
    requireUser(args);
    return { command: usersGet, input: fieldInput(identity, args) };
  },
  render: renderUser("Proofpoint Protection Server Users"),
  recover: tellNoUser,
};

const creation = declareArguments(usersCreate, [
  ["email", "email"],
  ["fields", "fields"],
  ["attributes", "attributes"],
  ...remainingRows(usersCreate, ["email", "fields", "attributes"]),
]);

const createUser: XsoarCommand = {
  name: "proofpoint-pps-create-user",
  description: usersCreate.description,
  arguments: creation,
  outputs: userOutputs,
  isHarmful: true,
  call: (args) => ({ command: usersCreate, input: fieldInput(creation, args) }),
  render: renderUser("User created"),
  recover: ({ code, message }) =>
    code === "refused" && /user already exists/i.test(message) ? [noteEntry("User already exists")] : undefined,
};

const change: readonly XsoarArgument[] = declareArguments(usersModify, [
  ["email", "email"],
  ["uid", "uid"],
  ["fields", "fields"],
  ["attributes", "attributes"],
  ...remainingRows(usersModify, ["email", "uid", "fields", "attributes"]),
]).concat({ name: "UID", description: "The same as uid, as the released integration spells it." });

const modifyUser: XsoarCommand = {
  name: "proofpoint-pps-modify-user",
  description: usersModify.description,
  arguments: change,
  outputs: userOutputs,
  isHarmful: true,
  call(args) {
    requireUser(args);
    const input = fieldInput(change, args);
    return {
      command: usersModify,
      input: isGiven(args.UID) && !isGiven(args.uid) ? { ...input, uid: args.UID } : input,
    };
  },
  render: renderUser("Modified User"),
};

const deleteUser: XsoarCommand = {
  name: "proofpoint-pps-delete-user",
  description: usersDelete.description,
  arguments: identity,
  outputs: [],
  isHarmful: true,
  call(args) {
    requireUser(args);
    return { command: usersDelete, input: fieldInput(identity, args) };
  },
  render: () => [resultEntry({ humanReadable: "Deleted User" })],
  recover: tellNoUser,
};

/** The released integration's commands over end users. */
export const userCommands: readonly XsoarCommand[] = [getUser, createUser, modifyUser, deleteUser];
