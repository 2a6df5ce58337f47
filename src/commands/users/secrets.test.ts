import { expect, test } from "vitest";
import { ann, failure, run } from "../../../test/model/managing.ts";
import { changesIn, createUserDirectory, type UserDirectory } from "../../../test/model/user-directory.ts";
import { usersCreate } from "./create.ts";
import { usersDelete } from "./delete.ts";
import { usersModify } from "./modify.ts";
import { isSecret } from "./secrets.ts";

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

test("a password that PPS repeats in its refusal stays out of the error", () => {
  const password = 's3cret "of Ann';
  const refusals = [
    JSON.stringify({ status: 400, errors: { invalidarguments: [{ error: `Value ${password} of password is weak` }] } }),
    `Value ${password} of password is weak`,
  ];
  for (const text of refusals) {
    for (const command of [usersCreate, usersModify]) {
      const directory = createUserDirectory([], { fate: () => ({ status: 400, text }) });
      const raw = { email: ann, fields: { suborg: "Value" }, attributes: { account: [{ password }] } };
      const error = failure(command, directory, raw);
      expect(error.message).toContain("Value *** of password is weak");
      expect(JSON.stringify(error)).not.toContain("s3cret");
    }
  }
});

test.each([
  "password",
  "userPassword",
  "PASSWD",
  "pwd",
  "pass",
  "passphrase",
  "password_hash",
  "password2",
  "apiToken",
  "client-secret",
  "api_key",
])("the key %s names a secret", (key) => expect(isSecret(key)).toBe(true));

test.each(["lastpasswordchange", "bypass", "passwordexpires", "key", "language"])("the key %s names none", (key) =>
  expect(isSecret(key)).toBe(false),
);

test("a dry run shows a field of any name", () => {
  const fields = JSON.parse('{"__proto__":{"password":"s3cret","suborg":"north"},"constructor":"x"}');
  const planned = run(usersModify, createUserDirectory([]), { email: ann, fields }, { dryRun: true });
  expect(JSON.stringify(planned)).toContain('{"__proto__":{"password":"***","suborg":"north"},"constructor":"x"}');
});
