import { describe, expect, test } from "vitest";
import { createCloudLists, wire } from "../../../../test/model/cloud-lists.ts";
import { call, outcomes } from "../../../../test/model/list-calls.ts";
import { blocklistAdd, safelistAdd } from "./add.ts";
import { blocklistList } from "./list.ts";
import { blocklistSync } from "./sync.ts";

describe("adding", () => {
  test("adds what is missing, leaves what is there, and dates each entry in its comment", () => {
    const lists = createCloudLists({ blocklist: [wire("@evil.example", { operator: "contain" })] });
    const { items, counts } = call(blocklistAdd, lists, {
      entries: ["hxxp://evil[.]example/pay", "Ann@Bad.example"],
      comment: "Case 4711",
    });
    expect(outcomes(items)).toEqual([
      ["unchanged", "@evil.example"],
      ["accepted", "ann@bad.example"],
    ]);
    expect(counts).toEqual({ unchanged: 1, accepted: 1 });
    expect(lists.blocklist.at(-1)).toEqual(wire("ann@bad.example", { comment: "Case 4711 [pps 2026-11-21]" }));
  });

  test("a second time changes nothing and says so", () => {
    const lists = createCloudLists();
    call(blocklistAdd, lists, { entries: ["evil.example"] });
    const before = JSON.stringify(lists.blocklist);
    expect(outcomes(call(blocklistAdd, lists, { entries: ["EVIL.example"] }).items)).toEqual([
      ["unchanged", "@evil.example"],
    ]);
    expect(JSON.stringify(lists.blocklist)).toBe(before);
  });

  test("an entry on both lists is shown with the list that wins", () => {
    const lists = createCloudLists({ safelist: [wire("ann@bad.example")] });
    const { notes } = call(blocklistAdd, lists, { entries: ["ann@bad.example"] });
    expect(notes.join(" ")).toMatch(/ann@bad\.example also stands on the organisation's safelist.*blocklist wins/);
  });

  test("one typo among many refuses them all, before anything is asked", () => {
    const lists = createCloudLists();
    expect(() => call(blocklistAdd, lists, { entries: ["evil.example", "ann@@bad.example"] })).toThrow(/ann@@bad/);
    expect(lists.asked).toEqual([]);
  });

  test("a mistyped top-level domain is refused, and taken when that is said outright", () => {
    const lists = createCloudLists();
    expect(() => call(blocklistAdd, lists, { entries: ["ann@evil.c0m"] })).toThrow(
      /no top-level domain \.c0m; is it a typo/,
    );
    call(blocklistAdd, lists, { entries: ["ann@evil.c0m"], override: "true" });
    expect(lists.blocklist).toHaveLength(1);
  });

  test("an own domain is blocked only when that is said outright", () => {
    const lists = createCloudLists();
    expect(() => call(blocklistAdd, lists, { entries: ["boss@example.com"] })).toThrow(/example\.com/);
    call(blocklistAdd, lists, { entries: ["boss@example.com"], override: "true" });
    expect(lists.blocklist).toHaveLength(1);
  });

  test("an operator takes the text letter by letter, with any attribute", () => {
    const lists = createCloudLists();
    call(blocklistAdd, lists, { entries: ["Parcel Service"], attribute: "header-sender", operator: "contain" });
    expect(lists.blocklist).toMatchObject([{ attribute: "$hfrom", operator: "contain", value: "Parcel Service" }]);
  });

  test.each(["0/0", "0.0.0.0/0.0.0.0", "128.0.0.1/1", "*.*.*.*"])(
    "an address to be equal to that nobody can judge is taken only when that is said outright: %s",
    (value) => {
      const lists = createCloudLists();
      const raw = { entries: [JSON.stringify({ entry: value, attribute: "$ip", operator: "equal" })] };
      expect(() => call(blocklistAdd, lists, raw)).toThrow(value);
      expect(lists.asked).toEqual([]);
      call(blocklistAdd, lists, { ...raw, override: "true" });
      expect(lists.blocklist).toMatchObject([{ attribute: "$ip", operator: "equal", value }]);
    },
  );

  test("entries come from CSV with their own reasons", () => {
    const lists = createCloudLists();
    call(blocklistAdd, lists, { file: "entry,comment\nann@bad.example,Phish\nbob@bad.example,\n" });
    expect(lists.blocklist.map(({ comment }) => comment)).toEqual(["Phish [pps 2026-11-21]", "[pps 2026-11-21]"]);
  });

  test("a file's comment is sent as one line without what is not seen", () => {
    const lists = createCloudLists();
    call(blocklistAdd, lists, { file: JSON.stringify([{ entry: "ann@bad.example", comment: "A\u0007\u202eB\r\nC" }]) });
    expect(lists.blocklist.map(({ comment }) => comment)).toEqual(["A B C [pps 2026-11-21]"]);
  });

  test("without a key it says what is missing, and that a user's own list needs none", () => {
    const threatProtection = { missing: ["the client id (cloudClientId, PPS_CLOUD_CLIENT_ID)"] };
    expect(() => call(blocklistAdd, createCloudLists(), { entries: ["evil.example"] }, { threatProtection })).toThrow(
      expect.objectContaining({
        code: "bad_input",
        message: expect.stringContaining("PPS_CLOUD_CLIENT_ID"),
        hint: expect.stringContaining("user's own list works without it"),
      }),
    );
  });

  test("trusting a domain warns", () => {
    expect(call(safelistAdd, createCloudLists(), { entries: ["partner.test"] }).notes.join(" ")).toMatch(
      /partner\.test/,
    );
  });

  test("a comment of a file that is longer than PPS takes is cut, and that is said", () => {
    const lists = createCloudLists();
    const { notes } = call(blocklistAdd, lists, { file: `entry,comment\nann@bad.example,${"x".repeat(151)}\n` });
    expect(lists.blocklist.map(({ comment }) => comment)).toEqual(["x".repeat(150)]);
    expect(notes.join(" ")).toContain("150 characters of a comment; what 1 of the entries has beyond that is left out");
  });

  test("a user's own list takes no attribute", () => {
    const raw = { entries: ["evil.example"], user: ["ann@example.com"], attribute: "ip" };
    expect(() => call(blocklistAdd, createCloudLists(), raw)).toThrow(/A user's own list has no attribute/);
  });
});

describe("listing", () => {
  test("shows each entry in our words, its comment without the mark, and is read back as it was", () => {
    const blocklist = [
      wire("@evil.example", { operator: "contain", comment: "Phish [pps feed 2026-11-20]" }),
      wire("192.0.2.7", { attribute: "$ip", operator: "not_equal", comment: "by hand" }),
    ];
    const { items } = call(blocklistList, createCloudLists({ blocklist }), {});
    expect(items).toEqual([
      {
        list: "blocklist",
        entry: "@evil.example",
        attribute: "sender",
        operator: "contain",
        comment: "Phish",
        managedBy: "feed",
        date: "2026-11-20",
      },
      { list: "blocklist", entry: "192.0.2.7", attribute: "ip", operator: "not-equal", comment: "by hand" },
    ]);
    const copy = createCloudLists();
    call(blocklistAdd, copy, { entries: items.map((item) => JSON.stringify(item)), override: "true" });
    expect(copy.blocklist).toMatchObject([
      { operator: "contain", value: "@evil.example", comment: "Phish [pps 2026-11-20]" },
      { attribute: "$ip", operator: "not_equal", value: "192.0.2.7" },
    ]);
  });

  test.each([
    "",
    "[]",
    "<html><title>Sign in</title></html>",
    '{"error":"x"}',
    '{"entries":[1]}',
    '{"entries":[{"attribute":"$from","operator":"equal"',
    '{"entries":[{"attribute":"$from","operator":"equal","value":["ann@evil.example"]}]}',
    '{"entries":[{"attribute":"$from","operator":"equal"}]}',
  ])("an answer that is no list is an error, never an empty list: %j", (text) => {
    expect(() => call(blocklistList, createCloudLists({ fate: () => ({ text }) }), {})).toThrow(
      expect.objectContaining({ code: "unexpected" }),
    );
  });
});

describe("keeping a part of the list equal to a file", () => {
  const byHand = wire("hand@bad.example", { comment: "by hand" });
  const other = wire("feed@bad.example", { comment: "[pps feed 2026-11-01]" });
  const old = wire("old@bad.example", { comment: "Phish [pps sync 2026-11-01]" });
  const kept = wire("kept@bad.example", { comment: "[pps sync 2026-11-01]" });
  const file = "kept@bad.example\nnew@bad.example\nhand@bad.example\n";

  test("adds what is new, removes only what it added itself, and leaves everybody else's entries", () => {
    const lists = createCloudLists({ blocklist: [byHand, other, old, kept] });
    const { items, notes } = call(blocklistSync, lists, { file });
    expect(items.map(({ action, value }) => [action, value])).toEqual([
      ["add", "new@bad.example"],
      ["remove", "old@bad.example"],
    ]);
    expect(lists.blocklist).toEqual([
      byHand,
      other,
      kept,
      wire("new@bad.example", { comment: "[pps sync 2026-11-21]" }),
    ]);
    expect(notes.join(" ")).toMatch(
      /2 of the file's entries stood on the list already.*1 of them was.*somebody else and stays/,
    );
  });

  test("never removes what somebody else keeps too, in other letters", () => {
    const twins = [wire("Old@bad.example", { comment: "by hand" }), old];
    const lists = createCloudLists({ blocklist: [...twins, kept] });
    call(blocklistSync, lists, { file: "kept@bad.example" });
    expect(lists.blocklist).toEqual([...twins, kept]);
  });

  test("run again it has nothing to do", () => {
    const lists = createCloudLists({ blocklist: [byHand, old] });
    call(blocklistSync, lists, { file });
    lists.asked = [];
    expect(call(blocklistSync, lists, { file }).items).toEqual([]);
    expect(lists.asked.every(({ method }) => method === "GET")).toBe(true);
  });

  test("broken off after any number of requests and run again it ends where an unbroken run ends", () => {
    const whole = createCloudLists({ blocklist: [byHand, old, other] });
    call(blocklistSync, whole, { file });
    const changes = whole.asked.filter(({ method }) => method === "POST").length;
    for (let crash = 0; crash < changes; crash++) {
      let sent = 0;
      const lists = createCloudLists({ blocklist: [byHand, old, other] });
      lists.fate = ({ method }) => {
        if (method === "POST" && sent++ === crash) throw new Error("the process ends here");
        return undefined;
      };
      expect(() => call(blocklistSync, lists, { file })).toThrow("the process ends here");
      lists.fate = () => undefined;
      call(blocklistSync, lists, { file });
      expect(lists.blocklist).toEqual(whole.blocklist);
    }
  });

  test("a dry run shows the difference and sends no change", () => {
    const lists = createCloudLists({ blocklist: [old] });
    const { items } = call(blocklistSync, lists, { file: "new@bad.example" }, { dryRun: true });
    expect(items.map(({ outcome, action, value }) => [outcome, action, value])).toEqual([
      ["planned", "add", "new@bad.example"],
      ["planned", "remove", "old@bad.example"],
    ]);
    expect(lists.blocklist).toEqual([old]);
  });

  test.each(["# nothing yet\n", "entry\n", "entry,comment\nann@bad.example,\n# This list is not complete. Cut.,\n"])(
    "an empty file, or one that says it was cut, removes nothing unless that is said outright: %j",
    (text) => {
      const lists = createCloudLists({ blocklist: [old] });
      const refusal = {
        message: expect.stringContaining("would be removed"),
        hint: expect.stringContaining("say with override"),
      };
      expect(() => call(blocklistSync, lists, { file: text })).toThrow(expect.objectContaining(refusal));
      expect(lists.blocklist).toEqual([old]);
      call(blocklistSync, lists, { file: text, override: "true" });
      expect(lists.blocklist).not.toContainEqual(old);
    },
  );
});
