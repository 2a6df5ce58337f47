import { describe, expect, test } from "vitest";
import { bundle, indicator } from "../../../../../test/feeds/feed-server.ts";
import { type CloudLists, createCloudLists, wire } from "../../../../../test/model/cloud-lists.ts";
import { csv, ownEntry, runFeed, standing } from "../../../../../test/model/feed-runs.ts";
import { outcomes } from "../../../../../test/model/list-calls.ts";
import type { Agree } from "../../../../core/steps.ts";
import { readComment } from "../managed-mark.ts";

test("a feed's senders are added with their reasons and the day on which they go", () => {
  const lists = createCloudLists();
  const file = csv("indicator,comment", "Billing@Evil[.]test,Phish", "evil2.test,", "203.0.113.9,Spam host");
  const { items, counts, notes } = runFeed(lists, { file });
  expect(outcomes(items)).toEqual([
    ["accepted", "billing@evil.test"],
    ["accepted", "@evil2.test"],
    ["accepted", "203.0.113.9"],
  ]);
  expect(counts).toEqual({ accepted: 3 });
  expect(lists.blocklist).toEqual([
    wire("billing@evil.test", { comment: "Phish [pps feed 2026-11-21 until 2026-12-21]" }),
    wire("@evil2.test", { operator: "contain", comment: "[pps feed 2026-11-21 until 2026-12-21]" }),
    wire("203.0.113.9", { attribute: "$ip", comment: "Spam host [pps feed 2026-11-21 until 2026-12-21]" }),
  ]);
  expect(notes[0]).toBe("The feed names 3 indicators; 3 entries to be blocked.");
});

test("an indicator's own end comes before the usual one, never after it", () => {
  const lists = createCloudLists();
  const file = csv("sender,valid_until", "a@evil.test,2026-11-25", "b@evil.test,2027-11-25", "c@evil.test,");
  runFeed(lists, { file, expireDays: 10 });
  expect(lists.blocklist.map(({ comment }) => readComment(comment).until)).toEqual([
    "2026-11-25",
    "2026-12-01",
    "2026-12-01",
  ]);
});

describe("rows that are left do not stop the rest", () => {
  test.each<[string, string, Record<string, unknown>, Partial<CloudLists>, RegExp]>([
    ["a mail provider", csv("sender", "gmail.com"), {}, {}, /^line 2: Blocking @gmail\.com would stop everybody/],
    ["an own domain", csv("sender", "boss@example.com"), {}, {}, /your own mail/],
    ["a private network", csv("ip", "10.0.0.0/8"), {}, {}, /internal hosts/],
    ["half of the Internet", csv("ip", "0.0.0.0/1"), {}, {}, /very many hosts|internal hosts/],
    [
      "a link",
      csv("type,value", "url,https://evil.test/pay"),
      {},
      {},
      /names a link, which no blocklist of senders holds/,
    ],
    ["a recipient", csv("type,value", "recipient,x@evil.test"), {}, {}, /names a recipient/],
    [
      "what is too old",
      csv("sender,date", "x@evil.test,2026-10-01"),
      { maxAgeDays: 30 },
      {},
      /It is of 2026-10-01; at most 30/,
    ],
    ["what has no date", csv("sender,date", "x@evil.test,"), { maxAgeDays: 30 }, {}, /does not say when it was seen/],
    [
      "what is unsure",
      csv("sender,confidence", "x@evil.test,40"),
      { minConfidence: 50 },
      {},
      /confidence is 40; at least 50/,
    ],
    [
      "what has no confidence",
      csv("sender,confidence", "x@evil.test,"),
      { minConfidence: 1 },
      {},
      /does not say how sure/,
    ],
    ["what has ended", csv("sender,valid_until", "x@evil.test,2026-11-20"), {}, {}, /it ended on 2026-11-20/],
    ["what is taken back", csv("sender,revoked", "x@evil.test,true"), {}, {}, /The feed has taken it back/],
    [
      "what is allowed",
      csv("sender", "x@evil.test"),
      { allow: ["evil.test"] },
      {},
      /@evil\.test is never to be blocked/,
    ],
    ["what a file allows", csv("sender", "x@evil.test"), { allowFile: "x@evil.test\n" }, {}, /never to be blocked/],
    [
      "what is trusted",
      csv("sender", "x@evil.test"),
      {},
      { safelist: [wire("x@evil.test")] },
      /x@evil\.test stands on the organisation's safelist/,
    ],
  ])("%s", (_name, text, raw, more, message) => {
    const lists = createCloudLists(more);
    const [header = ""] = text.split("\n");
    const columns = header.split(",");
    const good: Record<string, string> = {
      type: "sender",
      value: "good@other.test",
      sender: "good@other.test",
      ip: "203.0.113.9",
      date: "2026-11-20",
      confidence: "90",
      valid_until: "2027-01-01",
      revoked: "false",
    };
    const { items, counts, notes } = runFeed(lists, {
      file: csv(text, columns.map((name) => good[name]).join(",")),
      ...raw,
    });
    expect(items[0]).toMatchObject({ action: "none", outcome: "left", message: expect.stringMatching(message) });
    expect(counts).toEqual({ accepted: 1, left: 1 });
    expect(lists.blocklist).toHaveLength(1);
    expect(notes[0]).toMatch(/^The feed names 2 indicators; 1 entry to be blocked, 1 left out: 1 /);
  });

  test("with override the guard rails let them through, and it is said what they do", () => {
    const lists = createCloudLists();
    const { notes } = runFeed(lists, { file: csv("sender", "gmail.com"), override: true });
    expect(standing(lists)).toEqual(["@gmail.com"]);
    expect(notes.join(" ")).toContain("Blocking @gmail.com would stop everybody at gmail.com");
  });

  test("several rows of one entry are one entry, and the kindest of them counts", () => {
    const lists = createCloudLists();
    const file = csv(
      "sender,date,valid_until",
      "x@evil.test,2020-01-01,",
      "X@EVIL.test,2026-11-20,2026-11-25",
      "x@evil.test,2026-11-20,2026-11-28",
    );
    expect(runFeed(lists, { file, maxAgeDays: 30 }).items).toHaveLength(1);
    expect(lists.blocklist.map(({ comment }) => readComment(comment).until)).toEqual(["2026-11-28"]);
  });

  test.each([
    ["is blocked again when it is named anew later", "2026-11-20", "2026-11-10", ["x@evil.test"]],
    ["stays taken back when the older row still names it", "2026-11-10", "2026-11-20", []],
    ["stays taken back when the same day names it", "2026-11-10", "2026-11-10", []],
  ])("what the feed took back %s", (_name, named, revoked, expected) => {
    const lists = createCloudLists();
    const file = csv(
      "sender,date,revoked",
      `x@evil.test,${named},false`,
      `x@evil.test,${revoked},true`,
      "good@other.test,2026-11-20,false",
    );
    runFeed(lists, { file });
    expect(standing(lists)).toEqual(["good@other.test", ...expected]);
  });
});

test("whoever declines has nothing changed, and is shown what would be", () => {
  const plans: Agree[] = [];
  const lists = createCloudLists({
    agree: (plan) => {
      plans.push(plan);
      return "declined";
    },
  });
  const { items, counts, notes } = runFeed(lists, { file: csv("sender", "x@evil.test", "gmail.com") });
  expect({ items, counts, notes }).toEqual({ items: [], counts: {}, notes: [] });
  expect(plans).toMatchObject([{ items: [{ outcome: "planned", action: "add", value: "x@evil.test" }] }]);
  expect(lists.asked.every(({ effect }) => effect === "read")).toBe(true);
});

test.each([
  ["is empty", " ", {}],
  ["is a web page", "<!doctype html><title>Sign in</title>", {}],
  ["was cut", `${csv("sender", "x@evil.test")}\n# This list is not complete.\n`, {}],
  ["is given twice", "x@evil.test", { url: "https://feeds.example.com/list" }],
])("a feed that %s changes nothing", (_name, file, raw) => {
  const lists = createCloudLists({ blocklist: [ownEntry("old@evil.test", "2026-01-01")] });
  expect(() => runFeed(lists, { file, ...raw, acceptJump: true, override: true })).toThrow(
    expect.objectContaining({ code: "bad_input" }),
  );
  expect(lists.blocklist).toHaveLength(1);
});

test("a safelist that cannot be read changes nothing", () => {
  const lists = createCloudLists({ fate: ({ path }) => (path.endsWith("orgSafeList") ? { status: 500 } : undefined) });
  expect(() => runFeed(lists, { file: "x@evil.test" })).toThrow(expect.objectContaining({ code: "unexpected" }));
  expect(lists.blocklist).toEqual([]);
});

test("of a bundle indicators are blocked, and what was merely seen is not", () => {
  const lists = createCloudLists();
  const seen = {
    type: "email-addr",
    id: "email-addr--00000000-0000-4000-8000-000000000001",
    value: "seen@vendor.test",
  };
  const both = { ...seen, id: "email-addr--00000000-0000-4000-8000-000000000002", value: "bad@evil.test" };
  const { items, counts } = runFeed(lists, { file: bundle([seen, both, indicator("bad@evil.test")]) });
  expect(standing(lists)).toEqual(["bad@evil.test"]);
  expect(counts).toEqual({ accepted: 1, left: 1 });
  expect(items[0]).toMatchObject({
    entry: "seen@vendor.test",
    message: expect.stringContaining("object 1: The feed tells that it was seen"),
  });
});

test.each([
  ["collect@evil.test", "collect@evil.test"],
  ["@evil.test", "@evil.test"],
])("an attacker's address for answers is blocked as a sender: %s", (value, entry) => {
  const lists = createCloudLists();
  runFeed(lists, { file: JSON.stringify({ Attribute: [{ type: "email-reply-to", value }] }) });
  expect(standing(lists)).toEqual([entry]);
});
