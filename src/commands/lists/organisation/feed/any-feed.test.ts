import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCloudLists, type WireEntry, wire } from "../../../../../test/model/cloud-lists.ts";
import { changesSent, csv, feedMark, runFeed, standing } from "../../../../../test/model/feed-runs.ts";
import { readComment } from "../managed-mark.ts";

const now = Date.UTC(2026, 10, 21, 12);
const dayMs = 86_400_000;

describe("whatever a feed says", () => {
  const name = fc.constantFrom(
    "a@evil.test",
    "b@evil.test",
    "evil.test",
    "*.evil.test",
    "203.0.113.9",
    "203.0.113.0/24",
    "gmail.com",
    "c@partner.test",
    "partner.test",
  );
  const row = fc.record({
    value: name,
    confidence: fc.integer({ min: 0, max: 100 }),
    date: fc.constantFrom("2026-01-01", "2026-11-20"),
    valid_until: fc.constantFrom("", "2026-11-01", "2026-11-25", "2028-01-01"),
    revoked: fc.boolean(),
  });
  const comment = fc.constantFrom(
    feedMark("2026-11-01"),
    feedMark("2026-12-01"),
    "[pps feed 2026-01-01]",
    feedMark("2026-11-01", "other"),
    "by hand",
    "",
  );
  const criterion = fc.constantFrom(
    wire("a@evil.test"),
    wire("@evil.test", { operator: "contain" }),
    wire("203.0.113.9", { attribute: "$ip" }),
    wire("@partner.test", { operator: "contain" }),
    wire("x@else.test"),
  );
  const entries = fc.uniqueArray(
    fc.tuple(criterion, comment).map(([entry, text]): WireEntry => ({ ...entry, comment: text })),
    {
      selector: ({ value }) => value,
    },
  );
  const options = fc.record({
    minConfidence: fc.constantFrom(0, 50),
    maxAgeDays: fc.constantFrom(undefined, 30),
    allow: fc.constantFrom(undefined, ["partner.test"]),
  });

  test("others' entries stay, what is allowed is not blocked by it, and a second run changes nothing", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), entries, options, (named, before, raw) => {
        const lists = createCloudLists({ blocklist: before.map((entry) => ({ ...entry })) });
        const input = { file: JSON.stringify(named), acceptJump: true, ...raw };
        runFeed(lists, input);
        const isOthers = (entry: WireEntry) => readComment(entry.comment).managedBy !== "feed";
        expect(lists.blocklist.filter(isOthers)).toEqual(before.filter(isOthers));
        if (raw.allow !== undefined) {
          expect(lists.blocklist.filter((entry) => !isOthers(entry) && entry.value.includes("partner"))).toEqual([]);
        }
        const after = JSON.stringify(lists.blocklist);
        const changes = changesSent(lists);
        runFeed(lists, input);
        expect(JSON.stringify(lists.blocklist)).toBe(after);
        expect(changesSent(lists)).toBe(changes);
      }),
    );
  });

  test("once it names an entry no more, the entry is gone after its time, and never before", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 80 }), (expireDays, days) => {
        const lists = createCloudLists();
        runFeed(lists, { file: csv("sender", "lost@evil.test", "kept@evil.test"), expireDays });
        runFeed(lists, { file: csv("sender", "kept@evil.test"), expireDays }, { now: now + days * dayMs });
        expect(standing(lists)).toEqual(days < expireDays ? ["kept@evil.test", "lost@evil.test"] : ["kept@evil.test"]);
      }),
    );
  });
});
