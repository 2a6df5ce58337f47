import { profileOutputs } from "../../../commands/users/profile.ts";
import { userKeys } from "../../../commands/users/user-record.ts";
import type { XsoarOutput } from "./xsoar-command.ts";

const types: { [type: string]: XsoarOutput["type"] } = { string: "String", time: "Date" };

/** What of a user goes into context, in the order of the released integration. */
export const userOutputs = userKeys.map(([key, name]): XsoarOutput => {
  const output = profileOutputs.filter((candidate) => candidate.name === name)[0];
  return {
    contextPath: `Proofpoint.User.${key}`,
    type: types[output?.type ?? ""] ?? "Unknown",
    description: output?.description ?? "",
  };
});
