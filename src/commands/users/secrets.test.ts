import { expect, test } from "vitest";
import { ann, run } from "../../../test/model/managing.ts";
import { changesIn, createUserDirectory, type UserDirectory } from "../../../test/model/user-directory.ts";
import { usersCreate } from "./create.ts";
import { usersDelete } from "./delete.ts";
import { usersModify } from "./modify.ts";

const bodiesOf = (directory: UserDirectory) => changesIn(directory).map(({ body }) => body);

test("a dry run sends nothing and shows the request, without passwords", () => {
  const fields = { suborg: "north", password: "s3cret", more: [{ apiToken: "s3cret" }] };
  for (const [command, raw, method] of [
    [usersCreate, { email: ann, fields }, "POST"],
    [usersModify, { email: ann, fields }, "PUT"],
    [usersDelete, { email: ann }, "DELETE"],
  ] as const) {
    const directory = createUserDirectory([]);
    const planned = run(command, directory, raw, { dryRun: true });
    expect(planned).toMatchObject({ dryRun: true, request: { method, path: "/enduser/ann@example.com" } });
    expect(JSON.stringify(planned)).not.toContain("s3cret");
    expect(directory.asked).toEqual([]);
  }
});

test("a password that PPS shows is masked, and not taken for a change that failed", () => {
  const directory = createUserDirectory([]);
  const created = run(usersCreate, directory, { email: ann, fields: { password: "s3cret", suborg: "north" } });
  expect(bodiesOf(directory)).toEqual([{ password: "s3cret", suborg: "north" }]);
  expect(created).toMatchObject({ suborg: "north", other: { password: "***" }, notes: [] });
});
