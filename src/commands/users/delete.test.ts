import { describe, expect, test } from "vitest";
import type { Fate } from "../../../test/model/mail-system.ts";
import { ann, failure, meets, run, withAnn } from "../../../test/model/managing.ts";
import { changesIn, firstChanges } from "../../../test/model/user-directory.ts";
import { usersDelete } from "./delete.ts";

describe("delete", () => {
  test("a user is deleted, and a second time not found", () => {
    const directory = withAnn();
    expect(run(usersDelete, directory, { uid: "u1" })).toEqual({
      user: "u1",
      deleted: true,
      message: "Deleted user u1.",
    });
    expect(changesIn(directory)).toMatchObject([{ method: "DELETE", effect: "destroy" }]);
    expect(failure(usersDelete, directory, { uid: "u1" })).toMatchObject({
      code: "not_found",
      message: "PPS knows no user u1: User not found",
    });
  });

  test.each<[Fate, number]>([
    ["after", 1],
    ["before", 2],
  ])("an answer lost %s the effect is settled by looking", (fate, tries) => {
    const directory = withAnn({ fate: firstChanges(1, fate) });
    expect(run(usersDelete, directory, { email: ann })).toMatchObject({ deleted: true });
    expect(changesIn(directory)).toHaveLength(tries);
    expect(directory.users).toEqual({});
  });

  test.each(["<html><title>Not here</title>", "404 page not found", ""])(
    "what a proxy says in place of PPS's 404 is not taken for a user who is gone: %j",
    (text) => {
      const fate = meets({ DELETE: "before", GET: { status: 404, text } });
      expect(failure(usersDelete, withAnn({ fate }), { email: ann })).toMatchObject({ mayHaveHappened: true });
    },
  );

  test.each([
    ["not_found", '{"status":404,"message":"User not found"}'],
    ["refused", '{"status":"400","message":"Not now"}'],
  ])("a refusal in the body of a 200 is no success: %s", (code, text) => {
    const fate = meets({ DELETE: { status: 200, text } });
    expect(failure(usersDelete, withAnn({ fate }), { email: ann })).toMatchObject({ code });
  });

  test("a deletion that is lost again and again is unknown", () => {
    expect(failure(usersDelete, withAnn({ fate: meets({ DELETE: "before" }) }), { email: ann })).toMatchObject({
      mayHaveHappened: true,
      hint: expect.stringContaining("is not known"),
    });
  });
});
