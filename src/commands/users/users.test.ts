import { describe, expect, test } from "vitest";
import { execute } from "../../../test/model/execute.ts";
import type { Fate } from "../../../test/model/mail-system.ts";
import {
  changesIn,
  createUserDirectory,
  directoryUser,
  firstChanges,
  type UserDirectory,
} from "../../../test/model/user-directory.ts";
import type { Command } from "../../core/command.ts";
import { PpsError } from "../../core/errors.ts";
import { usersCreate } from "./create.ts";
import { usersDelete } from "./delete.ts";
import { usersGet } from "./get.ts";
import { usersModify } from "./modify.ts";

const now = Date.UTC(2026, 2, 4, 12);
const ann = "ann@example.com";

function run(command: unknown, directory: UserDirectory, raw: Record<string, unknown>, more: object = {}) {
  return execute(command as Command, raw, directory, { now, ownDomains: ["example.com"], ...more }) as Record<
    string,
    unknown
  >;
}

function failure(command: unknown, directory: UserDirectory, raw: Record<string, unknown>): PpsError {
  try {
    run(command, directory, raw);
  } catch (error) {
    if (error instanceof PpsError) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

function withAnn(given: Parameters<typeof createUserDirectory>[1] = {}, fields: object = {}): UserDirectory {
  return createUserDirectory([directoryUser(ann, { uid: "u1", firstname: "Ann", ...fields })], given);
}

/** Every request meets a fate by its method. */
const meets =
  (fates: Record<string, Fate>): UserDirectory["fate"] =>
  ({ method }) =>
    fates[method];

const bodiesOf = (directory: UserDirectory) => changesIn(directory).map(({ body }) => body);

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

describe("create", () => {
  test("fields go under PPS's keys, beside what is passed on", () => {
    const directory = createUserDirectory([]);
    const created = run(usersCreate, directory, {
      email: ann,
      firstName: "Ann",
      groups: ["staff", "Sales, North"],
      aliases: "a@example.com",
      blocklist: "evil.example",
      fields: '{"suborg":"north"}',
      attributes: '{"language":"en"}',
    });
    expect(changesIn(directory)).toMatchObject([
      { method: "POST", path: "/enduser/ann@example.com", effect: "change" },
    ]);
    expect(bodiesOf(directory)).toEqual([
      {
        attributes: { language: "en" },
        firstname: "Ann",
        addgroup: ["staff", "Sales, North"],
        alias: "a@example.com",
        blocklist: "@evil.example",
        suborg: "north",
      },
    ]);
    expect(created).toMatchObject({ email: ann, firstName: "Ann", groups: ["staff", "Sales, North"], notes: [] });
  });

  test.each<[string, Fate]>([
    ["201 and nothing", { status: 201, text: "" }],
    ["204", { status: 204, text: "" }],
    ["200 and a text", { text: "User created" }],
    ["200 and a status", { text: '{"status":"created"}' }],
  ])("after %s the user is read", (_what, fate) => {
    const directory = withAnn({ fate: meets({ POST: fate }) });
    expect(run(usersCreate, directory, { email: ann })).toMatchObject({ uid: "u1", notes: [] });
  });

  test("a user who cannot be read afterwards is told by a note, and one who is not there is an error", () => {
    const blind = withAnn({ fate: meets({ POST: { status: 201 }, GET: { status: 500 } }) });
    expect(run(usersCreate, blind, { email: ann })).toEqual({
      email: ann,
      notes: [expect.stringContaining("could not be read afterwards")],
    });
    const empty = createUserDirectory([], { fate: meets({ POST: { status: 201 } }) });
    expect(failure(usersCreate, empty, { email: ann })).toMatchObject({ code: "unexpected", mayHaveHappened: true });
  });

  test("what the profile does not show is noted", () => {
    const directory = withAnn({ fate: meets({ POST: { status: 201 } }) });
    expect(run(usersCreate, directory, { email: ann, firstName: "Anna", groups: "staff" }).notes).toEqual([
      expect.stringContaining("does not show what was asked: firstname, addgroup"),
    ]);
  });

  test("a user who exists is refused in PPS's words, with the way to change one", () => {
    expect(failure(usersCreate, withAnn(), { email: ann })).toMatchObject({
      code: "refused",
      status: 400,
      message: "User already exists",
      hint: expect.stringContaining("modify"),
    });
  });

  test("senders for the new user's lists are guarded", () => {
    const directory = createUserDirectory([]);
    expect(failure(usersCreate, directory, { email: ann, blocklist: "example.com" }).code).toBe("bad_input");
    expect(failure(usersCreate, directory, { email: ann, safelist: "192.0.2.7" })).toMatchObject({ field: "safelist" });
    expect(directory.asked).toEqual([]);
    run(usersCreate, directory, { email: ann, blocklist: "example.com", override: true });
    expect(bodiesOf(directory)).toEqual([{ blocklist: "@example.com" }]);
  });

  test("the same said twice is refused", () => {
    const raw = { email: ann, firstName: "Ann", fields: { firstname: "Anna" } };
    expect(failure(usersCreate, createUserDirectory([]), raw).message).toBe(
      "fields holds firstname, which firstName says too; give one of them.",
    );
  });

  describe("whose answer was lost", () => {
    test.each<[Fate, number]>([
      ["after", 1],
      ["before", 2],
    ])("%s the effect leads to one user, after %i tries", (fate, tries) => {
      const directory = createUserDirectory([], { fate: firstChanges(1, fate) });
      expect(run(usersCreate, directory, { email: ann, firstName: "Ann" })).toMatchObject({ firstName: "Ann" });
      expect(changesIn(directory)).toHaveLength(tries);
    });

    test("of a user who existed long before is a refusal", () => {
      expect(failure(usersCreate, withAnn({ fate: firstChanges(1, "after") }), { email: ann })).toMatchObject({
        code: "refused",
        message: expect.stringContaining("before this call"),
      });
    });

    test.each<[string, object, object]>([
      ["PPS does not say since when the user exists", { created: "" }, {}],
      ["the user is another than was asked for", { created: "2026-03-04 12:00:01" }, { firstName: "Anna" }],
    ])("is unknown where %s", (_what, fields, raw) => {
      const directory = withAnn({ fate: firstChanges(1, "after") }, fields);
      expect(failure(usersCreate, directory, { email: ann, ...raw })).toMatchObject({
        code: "unreachable",
        mayHaveHappened: true,
        hint: expect.stringContaining("is not known"),
      });
    });

    test("is unknown where looking fails, and where nothing is seen after two tries", () => {
      for (const GET of ["before", undefined] as const) {
        const directory = createUserDirectory([], { fate: meets({ POST: "before", GET }) });
        expect(failure(usersCreate, directory, { email: ann })).toMatchObject({ mayHaveHappened: true });
        expect(changesIn(directory)).toHaveLength(GET === "before" ? 1 : 2);
      }
    });

    test("and which takes effect late is found after the second try was refused", () => {
      let posts = 0;
      const directory = createUserDirectory([]);
      directory.fate = ({ method }) => {
        if (method !== "POST") return undefined;
        posts += 1;
        if (posts === 2) directory.users[ann] = directoryUser(ann, { created: "2026-03-04 12:00:01" });
        return posts === 1 ? "before" : undefined;
      };
      expect(run(usersCreate, directory, { email: ann }).notes).toEqual([expect.stringContaining("is there now")]);
    });
  });
});

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

  test("keys that every object has are compared like any other", () => {
    const directory = withAnn({ fate: firstChanges(1, "after") });
    const fields = '{"constructor":"x","toString":1}';
    expect(run(usersModify, directory, { email: ann, fields })).toMatchObject({ other: { constructor: "x" } });
  });
});

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

  test("a page in place of PPS's 404 is not taken for a user who is gone", () => {
    const fate = meets({ DELETE: "before", GET: { status: 404, text: "<html><title>Not here</title>" } });
    expect(failure(usersDelete, withAnn({ fate }), { email: ann })).toMatchObject({ mayHaveHappened: true });
  });

  test("a deletion that is lost again and again is unknown", () => {
    expect(failure(usersDelete, withAnn({ fate: meets({ DELETE: "before" }) }), { email: ann })).toMatchObject({
      mayHaveHappened: true,
      hint: expect.stringContaining("is not known"),
    });
  });
});

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

test("a refusal says every group of PPS's errors", () => {
  const text = '{"status":400,"errors":{"invalidarguments":[{"error":"Bad name"}],"other":["Too long"]}}';
  const directory = withAnn({ fate: meets({ PUT: { status: 400, text } }) });
  expect(failure(usersModify, directory, { email: ann, firstName: "A" })).toMatchObject({
    code: "refused",
    message: expect.stringContaining("Bad name; Too long"),
  });
});
