import { describe, expect, test } from "vitest";
import type { Fate } from "../../../test/model/mail-system.ts";
import { ann, failure, run, withAnn } from "../../../test/model/managing.ts";
import { createUserDirectory, directoryUser } from "../../../test/model/user-directory.ts";
import { usersDelete } from "./delete.ts";
import { usersGet } from "./get.ts";
import { usersModify } from "./modify.ts";

describe("get", () => {
  test("a user is found by address and by uid, and the uid counts where both are given", () => {
    const directory = withAnn();
    expect(run(usersGet, directory, { email: ann })).toMatchObject({ uid: "u1", firstName: "Ann" });
    expect(run(usersGet, directory, { uid: "u1" })).toMatchObject({ email: ann });
    expect(run(usersGet, directory, { uid: "u1", email: "other@example.com" })).toMatchObject({ email: ann });
  });

  test("without address and uid nothing is asked", () => {
    for (const command of [usersGet, usersModify, usersDelete]) {
      const directory = withAnn();
      expect(failure(command, directory, {}).message).toMatch(/^Please specify an email or uid/);
      expect(directory.asked).toEqual([]);
    }
  });

  test.each([
    "a/b@example.com",
    "a?b@example.com",
    "a#b@example.com",
    "a%2Fb",
    "a b+c",
    "ü@example.com",
    "..@example.com",
  ])("%s stays one segment of the path", (name) => {
    const directory = createUserDirectory([directoryUser(name)]);
    expect(run(usersGet, directory, { email: name })).toMatchObject({ email: name });
    expect(directory.asked[0]?.path).toMatch(/^\/enduser\/[A-Za-z0-9%@.!'()*~_-]+$/);
  });

  test.each([".", ".."])("%s, which no path can hold, is refused", (name) => {
    expect(failure(usersGet, withAnn(), { uid: name })).toMatchObject({ code: "bad_input" });
  });

  test.each<[string, Fate, string]>([
    ["an unknown user", undefined, "not_found"],
    ["an empty answer", { text: "" }, "unexpected"],
    ["an object without a profile", { text: '{"status":"ok"}' }, "unexpected"],
    [
      "a refusal with status 200",
      { text: '{"status":404,"errors":{"other":[{"error":"User not found"}]}}' },
      "not_found",
    ],
    ["a login page", { text: "<html><title>Sign in</title>" }, "unexpected"],
    ["a page in place of PPS's 404", { status: 404, text: "<html><title>Not here</title>" }, "unexpected"],
    ["a wrong password", { status: 401 }, "denied"],
    ["a missing module", { status: 403 }, "denied"],
    ["a busy PPS", { status: 503 }, "busy"],
    ["a server fault", { status: 500 }, "unexpected"],
    ["a dead network", "not-sent", "unreachable"],
  ])("%s is an error, never an empty user", (_what, fate, code) => {
    const directory = createUserDirectory([], { fate: () => fate });
    const error = failure(usersGet, directory, { email: ann });
    expect(error).toMatchObject({ code });
    expect(error.message).not.toContain("\n");
  });
});
