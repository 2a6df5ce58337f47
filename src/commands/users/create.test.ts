import { describe, expect, test } from "vitest";
import type { Fate } from "../../../test/model/mail-system.ts";
import { ann, failure, meets, run, withAnn } from "../../../test/model/managing.ts";
import {
  changesIn,
  createUserDirectory,
  directoryUser,
  firstChanges,
  type UserDirectory,
} from "../../../test/model/user-directory.ts";
import { usersCreate } from "./create.ts";

const bodiesOf = (directory: UserDirectory) => changesIn(directory).map(({ body }) => body);

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
    expect(changesIn(empty)).toHaveLength(1);
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
