import { command } from "../../core/command.ts";
import { profileColumns, profileOutputs } from "./profile.ts";
import { fetchUser } from "./request.ts";
import { emailOrUid, identityFields, readUser } from "./user-fields.ts";

export const usersGet = command()({
  name: "users.get",
  title: "Get User",
  description:
    "Shows one user of PPS by address, alias or uid: names, groups, attributes and the user's own safelist and blocklist.",
  effect: "read",
  access: "enduser",
  fields: identityFields,
  rules: [emailOrUid],
  outputs: profileOutputs,
  columns: profileColumns,
  examples: [
    { line: "pps users get ann@example.com", purpose: "See one user" },
    { line: "pps users get --uid ann", purpose: "See one user by uid" },
  ],
  *run(input) {
    return yield* fetchUser(readUser(input));
  },
});
