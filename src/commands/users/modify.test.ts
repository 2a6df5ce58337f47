import { describe, expect, test } from "vitest";
import type { Fate } from "../../../test/model/mail-system.ts";
import { ann, failure, meets, run, withAnn } from "../../../test/model/managing.ts";
import { changesIn, firstChanges } from "../../../test/model/user-directory.ts";
import { usersModify } from "./modify.ts";

describe("modify", () => {
  test("only what is named is sent", () => {
    const directory = withAnn();
    const changed = run(usersModify, directory, { uid: "u1", lastName: "Jones", addGroups: "staff" });
    expect(changesIn(directory)).toMatchObject([
      { method: "PUT", path: "/enduser/u1", body: { lastname: "Jones", addgroup: "staff" } },
    ]);
    expect(changed).toMatchObject({ firstName: "Ann", lastName: "Jones", groups: ["staff"] });
  });

  test("without a change nothing is sent", () => {
    for (const raw of [{ email: ann }, { email: ann, fields: "{}" }]) {
      const directory = withAnn();
      expect(failure(usersModify, directory, raw).message).toMatch(/^Nothing is to be changed; give at least one of/);
      expect(directory.asked).toEqual([]);
    }
  });

  test("an unknown user is not found", () => {
    expect(failure(usersModify, withAnn(), { email: "b@example.com", firstName: "B" })).toMatchObject({
      code: "not_found",
    });
  });

  test.each<[Fate, number]>([
    ["after", 1],
    ["before", 2],
  ])("an answer lost %s the effect is settled by the profile", (fate, tries) => {
    const directory = withAnn({ fate: firstChanges(1, fate) });
    expect(run(usersModify, directory, { email: ann, lastName: "Jones" })).toMatchObject({ lastName: "Jones" });
    expect(changesIn(directory)).toHaveLength(tries);
  });

  test("a lost change that the profile never shows is unknown", () => {
    const directory = withAnn({ fate: meets({ PUT: "before" }) });
    expect(failure(usersModify, directory, { email: ann, lastName: "Jones" })).toMatchObject({ mayHaveHappened: true });
    expect(changesIn(directory)).toHaveLength(2);
  });

  test("what a field does that is passed on unread is not known, so that it is not sent again", () => {
    const directory = withAnn({ fate: firstChanges(1, "before") });
    const raw = { email: ann, lastName: "Jones", fields: '{"senddigest":"t"}' };
    expect(failure(usersModify, directory, raw)).toMatchObject({
      mayHaveHappened: true,
      message: expect.stringContaining("not sent again"),
    });
    expect(changesIn(directory)).toHaveLength(1);
  });

  test("keys that every object has are compared like any other", () => {
    const directory = withAnn({ fate: firstChanges(1, "after") });
    const fields = '{"constructor":"x","toString":1}';
    expect(run(usersModify, directory, { email: ann, fields })).toMatchObject({ other: { constructor: "x" } });
  });
});

test("a refusal says every group of PPS's errors", () => {
  const text = '{"status":400,"errors":{"invalidarguments":[{"error":"Bad name"}],"other":["Too long"]}}';
  const directory = withAnn({ fate: meets({ PUT: { status: 400, text } }) });
  expect(failure(usersModify, directory, { email: ann, firstName: "A" })).toMatchObject({
    code: "refused",
    message: expect.stringContaining("Bad name; Too long"),
  });
});
