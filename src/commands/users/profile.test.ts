import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { profileOutputs, readProfile } from "./profile.ts";

// pps-api.md 6: any key may be missing, a list of one may be a text, numbers may be texts.

const whole = {
  uid: "ann",
  email: "ann@example.com",
  alias: ["a.smith@example.com"],
  firstname: "Ann",
  lastname: "Smith",
  type: 0,
  groups: ["staff"],
  suborg: "north",
  safelist: ["friend@shop.example"],
  blocklist: ["@evil.example"],
  attributes: { language: "en" },
  created: "2026-01-02 03:04:05",
  lastmodified: "2026-01-02T03:04:05+01:00",
  lastpasswordchange: 1767322985,
  lastsignon: "",
  creationsource: "api",
  badge: 17,
};

test("a profile is read to typed values, and what is not known is kept", () => {
  expect(readProfile(whole)).toEqual({
    uid: "ann",
    email: "ann@example.com",
    aliases: ["a.smith@example.com"],
    firstName: "Ann",
    lastName: "Smith",
    type: "user",
    groups: ["staff"],
    suborg: "north",
    safelist: ["friend@shop.example"],
    blocklist: ["@evil.example"],
    attributes: { language: "en" },
    created: "2026-01-02T03:04:05Z",
    lastModified: "2026-01-02T02:04:05Z",
    lastPasswordChange: "2026-01-02T03:03:05Z",
    lastSignOn: null,
    creationSource: "api",
    other: { badge: 17 },
  });
});

test("every value of a profile is described", () => {
  const names = profileOutputs.map(({ name }) => name);
  expect(Object.keys(readProfile(whole) ?? {}).sort()).toEqual([...names].sort());
});

test("a profile of one key is a profile, with empty values for the rest", () => {
  expect(readProfile({ uid: 7 })).toEqual({
    uid: "7",
    email: "",
    aliases: [],
    firstName: "",
    lastName: "",
    type: "",
    groups: [],
    suborg: "",
    safelist: [],
    blocklist: [],
    attributes: {},
    created: null,
    lastModified: null,
    lastPasswordChange: null,
    lastSignOn: null,
    creationSource: "",
  });
});

test.each([
  [
    ["a@evil.example", " b@evil.example "],
    ["a@evil.example", "b@evil.example"],
  ],
  ["a@evil.example", ["a@evil.example"]],
  ["a@evil.example, b@evil.example;evil.example", ["a@evil.example", "b@evil.example", "evil.example"]],
  ["", []],
  [null, []],
  [undefined, []],
])("a list written as %j is read to %j", (sent, entries) => {
  const value = JSON.parse(JSON.stringify({ uid: "ann", blocklist: sent }));
  expect(readProfile(value)).toMatchObject({ blocklist: entries });
});

test("the name of a group may hold a comma", () => {
  expect(readProfile({ uid: "ann", groups: "Sales, North" })?.groups).toEqual(["Sales, North"]);
});

test.each([
  [0, "user"],
  ["1", "mailing_list"],
  [2, "2"],
  ["robot", "robot"],
  ["constructor", "constructor"],
])("type %j reads %s", (sent, type) => {
  expect(readProfile({ uid: "ann", type: sent })?.type).toBe(type);
});

test("what has another shape than expected is kept as it came", () => {
  const odd = {
    uid: "ann",
    blocklist: { a: 1 },
    email: ["x"],
    created: "yesterday",
    attributes: "none",
    alias: [{ a: 1 }],
  };
  const { uid: _uid, ...kept } = odd;
  expect(readProfile(odd)?.other).toEqual(kept);
});

describe("no profile", () => {
  test.each([
    ["nothing", undefined],
    ["a text", "ok"],
    ["a list", [whole]],
    ["an empty object", {}],
    ["a status", { status: "created" }],
    ["a refusal", { status: 400, uid: "ann", errors: { invalidarguments: [{ error: "no" }] } }],
  ])("%s", (_what, value) => {
    expect(readProfile(value)).toBeUndefined();
  });
});

test("no JSON whatever makes a profile hard to read or throws", () => {
  const keys = fc.constantFrom(...Object.keys(whole), "errors", "__proto__", "constructor");
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(keys, fc.jsonValue())), (value) => {
      const profile = readProfile(JSON.parse(JSON.stringify(value)));
      if (profile === undefined) return;
      for (const list of [profile.aliases, profile.groups, profile.safelist, profile.blocklist]) {
        for (const item of list) expect(item).toMatch(/\S/);
      }
      for (const time of [profile.created, profile.lastModified]) {
        expect(time ?? "1970-01-01T00:00:00Z").toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      }
    }),
  );
});
