import { describe, expect, test } from "vitest";
import { ann, change, listOf, run, withList } from "../../../../test/model/managing.ts";
import { changesIn, createUserDirectory, directoryUser, firstChanges } from "../../../../test/model/user-directory.ts";
import { usersBlocklistAdd, usersBlocklistList, usersBlocklistRemove, usersSafelistAdd } from "./commands.ts";

test("a sender is added and seen on the list, and the rest stays", () => {
  const directory = withList(["old@evil.example"]);
  const { outcomes, counts } = change(usersBlocklistAdd, directory, { entries: "New@Evil.example" });
  expect(outcomes).toMatchObject([
    { action: "add", list: "blocklist", entry: "new@evil.example", user: ann, outcome: "done" },
  ]);
  expect(counts).toEqual({ done: 1 });
  expect(listOf(directory)).toEqual(["old@evil.example", "new@evil.example"]);
  expect(changesIn(directory).map(({ body }) => body)).toEqual([{ blocklist: "new@evil.example" }]);
});

test("several senders go in one request, in PPS's spelling", () => {
  const directory = withList([]);
  const { notes } = change(usersBlocklistAdd, directory, {
    entries: ["a@evil.example", "evil.example", "*.bad.example"],
  });
  expect(changesIn(directory).map(({ body }) => body)).toEqual([
    { blocklist: ["a@evil.example", "@evil.example", "bad.example"] },
  ]);
  expect(notes.join(" ")).toContain("*.bad.example matches bad.example itself too");
});

test("one note tells of all domains below which more is matched than was written", () => {
  const entries = ["a", "b", "c", "d", "e", "f"].map((name) => `*.${name}.example`);
  const { notes } = change(usersBlocklistAdd, withList([]), { entries });
  expect(notes).toEqual([
    "On a user's own list *.a.example, *.b.example, *.c.example, *.d.example, *.e.example and 1 more match the domains themselves too.",
  ]);
});

test("what stands there already is unchanged, whatever its letters, and nothing is sent", () => {
  const directory = withList(["OLD@evil.example"]);
  const { outcomes } = change(usersBlocklistAdd, directory, { entries: "old@evil.example" });
  expect(outcomes).toMatchObject([{ outcome: "unchanged" }]);
  expect(changesIn(directory)).toEqual([]);
});

test("a sender on both lists is noted, with the list that wins", () => {
  const directory = createUserDirectory([directoryUser(ann, { safelist: ["bad@evil.example"] })]);
  const { notes } = change(usersBlocklistAdd, directory, { entries: "bad@evil.example" });
  expect(notes).toEqual([
    expect.stringMatching(/^bad@evil.example also stands on ann@example.com's safelist.*blocklist wins/),
  ]);
});

test("an IP address and a network are refused before anything is sent", () => {
  for (const entry of ["192.0.2.7", "198.51.100.0/24"]) {
    const directory = withList([]);
    expect(() => change(usersBlocklistAdd, directory, { entries: entry })).toThrow(`${entry} is no sender`);
    expect(directory.asked).toEqual([]);
  }
});

test("an address in which PPS may find several entries is refused before anything is sent", () => {
  const directory = withList([]);
  const file = JSON.stringify(['"x,gmail.com,y"@evil.example']);
  expect(() => change(usersBlocklistAdd, directory, { file })).toThrow(/may divide a user's own list/);
  expect(directory.asked).toEqual([]);
});

test("one's own domain is blocked only with an override", () => {
  const directory = withList([]);
  expect(() => change(usersBlocklistAdd, directory, { entries: "example.com" })).toThrow();
  change(usersBlocklistAdd, directory, { entries: "example.com", override: true });
  expect(listOf(directory)).toEqual(["@example.com"]);
});

test("a list that would grow too long is refused as a whole", () => {
  const directory = withList(["1@evil.example"], { habits: { limit: 2 } });
  const { outcomes } = change(usersBlocklistAdd, directory, { entries: ["2@evil.example", "3@evil.example"] });
  expect(outcomes).toMatchObject([
    { outcome: "refused", message: expect.stringContaining("would be too long"), status: 400 },
    { outcome: "refused" },
  ]);
  expect(listOf(directory)).toEqual(["1@evil.example"]);
});

test("a PPS that takes one entry at a time gets them so, and is put back as it was when one is too many", () => {
  const two = ["2@evil.example", "3@evil.example"];
  const roomy = withList(["1@evil.example"], { habits: { takesArrays: false } });
  expect(change(usersBlocklistAdd, roomy, { entries: two }).counts).toEqual({ done: 2 });
  expect(listOf(roomy)).toEqual(["1@evil.example", ...two]);
  const full = withList(["1@evil.example"], { habits: { takesArrays: false, limit: 2 } });
  expect(change(usersBlocklistAdd, full, { entries: two }).counts).toEqual({ refused: 2 });
  expect(listOf(full)).toEqual(["1@evil.example"]);
});

describe("a PPS that replaces lists", () => {
  test("gets the earlier entries back, and says so", () => {
    const directory = withList(["1@evil.example", "2@evil.example"], { habits: { put: "replace" } });
    const { outcomes, notes } = change(usersBlocklistAdd, directory, { entries: "3@evil.example" });
    expect(outcomes).toMatchObject([
      { outcome: "done", message: expect.stringContaining("the earlier ones were put back") },
    ]);
    expect(notes).toEqual([expect.stringContaining("the earlier ones were put back")]);
    expect(listOf(directory)).toEqual(["1@evil.example", "2@evil.example", "3@evil.example"]);
  });

  test("gets the earlier entries of further users along with the new one", () => {
    const users = ["ann", "bob", "cid"].map((name) =>
      directoryUser(`${name}@example.com`, { blocklist: [`${name}@evil.example`] }),
    );
    const directory = createUserDirectory(users, { habits: { put: "replace" } });
    const user = users.map(({ email }) => String(email));
    expect(change(usersBlocklistAdd, directory, { entries: "new@evil.example", user }).counts).toEqual({ done: 3 });
    for (const { blocklist } of Object.values(directory.users)) expect(blocklist).toHaveLength(2);
    expect(changesIn(directory)).toHaveLength(4);
  });

  test("keeps its earlier entries rather than the new ones when it does not take them together", () => {
    const directory = withList(["1@evil.example"], { habits: { put: "replace", takesArrays: false } });
    const { outcomes } = change(usersBlocklistAdd, directory, { entries: "2@evil.example" });
    expect(outcomes).toMatchObject([{ outcome: "refused" }]);
    expect(listOf(directory)).toEqual(["1@evil.example"]);
  });

  test("that cannot be put right stops the work, and every lost entry is told", () => {
    let puts = 0;
    const directory = createUserDirectory(
      ["ann", "bob"].map((name) =>
        directoryUser(`${name}@example.com`, { blocklist: ["1@evil.example", "2@evil.example"] }),
      ),
      {
        habits: { put: "replace" },
        fate: ({ method }) => (method === "PUT" && ++puts > 1 ? { status: 403, text: "no" } : undefined),
      },
    );
    const { outcomes, notes } = change(usersBlocklistAdd, directory, {
      entries: "new@evil.example",
      user: [ann, "bob@example.com"],
    });
    expect(outcomes).toMatchObject([
      { outcome: "failed", code: "unexpected" },
      { outcome: "failed", message: expect.stringContaining("Not sent") },
    ]);
    expect(notes.join(" ")).toContain("Put them back by hand: 1@evil.example, 2@evil.example.");
    expect(directory.users["bob@example.com"]?.blocklist).toHaveLength(2);
  });
});

describe("taking out", () => {
  test("an entry leaves, in whatever spelling it was given", () => {
    for (const [stored, given] of [
      ["bad@evil.example", "BAD@evil.example"],
      ["@evil.example", "evil.example"],
      ["evil.example", "*.evil.example"],
      ["evil.example", "evil.example"],
      ["*odd entry*", "*odd entry*"],
    ] as const) {
      const directory = withList([stored, "other@evil.example"]);
      expect(change(usersBlocklistRemove, directory, { entries: [given] }).counts).toEqual({ done: 1 });
      expect(listOf(directory)).toEqual(["other@evil.example"]);
      expect(changesIn(directory).map(({ body }) => body)).toEqual([{ deleteblocklist: stored }]);
    }
  });

  test("of a domain and of it with its sub-domains, the one that was written leaves", () => {
    const directory = withList(["evil.example", "@evil.example"]);
    change(usersBlocklistRemove, directory, { entries: "evil.example" });
    expect(listOf(directory)).toEqual(["evil.example"]);
  });

  test("what is not there is unchanged, and nothing is sent", () => {
    const directory = withList(["other@evil.example"]);
    expect(change(usersBlocklistRemove, directory, { entries: "bad@evil.example" }).counts).toEqual({ unchanged: 1 });
    expect(changesIn(directory)).toEqual([]);
  });

  test("a PPS that ignores the field is found out, and another field can be named", () => {
    const directory = withList(["bad@evil.example"], { habits: { removal: "remove" } });
    expect(change(usersBlocklistRemove, directory, { entries: "bad@evil.example" }).outcomes).toMatchObject([
      { outcome: "refused", message: expect.stringContaining("does not know the field deleteblocklist") },
    ]);
    directory.items.length = 0;
    const again = change(usersBlocklistRemove, directory, {
      entries: "bad@evil.example",
      removeField: "removeblocklist",
    });
    expect(again.counts).toEqual({ done: 1 });
    expect(listOf(directory)).toEqual([]);
  });

  test("a field that adds is not taken for one that takes out", () => {
    const raw = { entries: "bad@evil.example", removeField: "blocklist" };
    expect(() => change(usersBlocklistRemove, withList(["bad@evil.example"]), raw)).toThrow("adds entries");
  });
});

test("a dry run only reads, and tells what would be sent", () => {
  const directory = withList(["old@evil.example"]);
  const { outcomes } = change(
    usersBlocklistAdd,
    directory,
    { entries: ["old@evil.example", "a@evil.example"] },
    { dryRun: true },
  );
  expect(outcomes).toMatchObject([
    { outcome: "unchanged" },
    {
      outcome: "planned",
      request: { method: "PUT", path: "/enduser/ann@example.com", body: { blocklist: "a@evil.example" } },
    },
  ]);
  expect(changesIn(directory)).toEqual([]);
});

test("tens of thousands of senders are planned as one request, told once", () => {
  const file = Array.from({ length: 20_000 }, (_, index) => `ann${index}@evil.example`).join("\n");
  const directory = withList(["bob@evil.example"]);
  const { outcomes } = change(usersBlocklistAdd, directory, { file }, { dryRun: true });
  expect(outcomes).toHaveLength(20_000);
  expect(outcomes.filter(({ request }) => request !== undefined)).toEqual([outcomes[0]]);
});

test("an unknown user is an outcome of its own, and the others are changed", () => {
  const directory = withList([]);
  const { outcomes } = change(usersBlocklistAdd, directory, {
    entries: "a@evil.example",
    user: ["nobody@example.com", ann],
  });
  expect(outcomes).toMatchObject([
    { outcome: "not_found", user: "nobody@example.com" },
    { outcome: "done", user: ann },
  ]);
});

test("a denied account is told once, and no further user is tried", () => {
  const directory = withList([], { fate: () => ({ status: 403, text: "no" }) });
  const { outcomes } = change(usersBlocklistAdd, directory, {
    entries: "a@evil.example",
    user: [ann, "bob@example.com"],
  });
  expect(outcomes).toMatchObject([
    { outcome: "failed", code: "denied", hint: expect.stringContaining("module enduser") },
    { outcome: "failed", code: "denied", message: expect.stringContaining("Not sent") },
  ]);
  expect(directory.asked).toHaveLength(1);
});

test("one user's lost answer does not keep the next from being changed; one after another does", () => {
  const users = ["ann", "bob", "cid", "dan", "eve", "fay", "gus"].map((name) => directoryUser(`${name}@example.com`));
  const raw = { entries: ["a@evil.example", "b@evil.example"], user: users.map(({ email }) => String(email)) };
  const first = createUserDirectory(users, { fate: firstChanges(2, "before") });
  expect(change(usersBlocklistAdd, first, raw).counts).toEqual({ unknown: 2, done: 12 });
  const all = createUserDirectory(users, { fate: firstChanges(99, "before") });
  expect(change(usersBlocklistAdd, all, raw).counts).toEqual({ unknown: 10, failed: 4 });
});

test("a list that PPS sends in an odd shape is not taken for an empty one", () => {
  const directory = createUserDirectory([{ ...directoryUser(ann), blocklist: { a: 1 } as never }]);
  expect(change(usersBlocklistAdd, directory, { entries: "a@evil.example" }).outcomes).toMatchObject([
    { outcome: "failed", code: "unexpected" },
  ]);
  expect(changesIn(directory)).toEqual([]);
});

test("senders come from a file and from JSON lines as a listing prints them too", () => {
  const directory = withList(["1@evil.example", "evil.example"]);
  run(usersBlocklistList, directory, { user: ann });
  const lines = directory.items.splice(0).map((item) => JSON.stringify(item));
  const bob = createUserDirectory([directoryUser(ann)]);
  change(usersBlocklistAdd, bob, { entries: lines, file: "entry,comment\n'@bad.example,Case 4711\n" });
  expect(listOf(bob)).toEqual(["1@evil.example", "evil.example", "@bad.example"]);
  expect(change(usersBlocklistRemove, bob, { entries: lines }).counts).toEqual({ done: 2 });
  expect(listOf(bob)).toEqual(["@bad.example"]);
});

test("what is wrong in a file is refused with its line, and a file that was cut is told of", () => {
  const refuse = (file: string) => () => change(usersBlocklistAdd, withList([]), { file });
  expect(refuse("entry\nevil.example\nevil\n")).toThrow(/^line 3: "evil" has no dot/);
  expect(refuse("entry,attribute\n192.0.2.7,ip\n")).toThrow(/^line 2: "192.0.2.7" is compared by ip, which/);
  const cut = "entry\nevil.example\n# This list is not complete. Cut.\n";
  expect(change(usersBlocklistAdd, withList([]), { file: cut }).notes).toContainEqual(
    expect.stringContaining("says of itself that it is not complete"),
  );
});

test("a safelist is changed as a blocklist is", () => {
  const directory = createUserDirectory([directoryUser(ann)]);
  change(usersSafelistAdd, directory, { entries: "friend@shop.example" });
  expect(directory.users[ann]).toMatchObject({ safelist: ["friend@shop.example"], blocklist: [] });
});
