import { describe, expect, test } from "vitest";
import { createCloudLists, wire } from "../../../../../test/model/cloud-lists.ts";
import { csv, feedMark, ownEntry, runFeed, standing } from "../../../../../test/model/feed-runs.ts";
import { PpsError } from "../../../../core/errors.ts";

describe("entries of earlier runs", () => {
  const file = csv("sender", "named@evil.test");

  test.each([
    ["stays until its day has come", feedMark("2026-11-22"), true],
    ["goes on its day", feedMark("2026-11-21"), false],
    ["goes when its day is past", feedMark("2026-11-01"), false],
    ["goes at once where it has no day", "[pps feed 2026-11-20]", false],
    ["stays where it is another label's", feedMark("2026-11-01", "other"), true],
    ["stays where it is a person's", "by hand", true],
    ["stays where a person added it with a date", "[pps 2026-01-01]", true],
    ["stays where only its text looks like a mark", `${feedMark("2026-11-01")} kept`, true],
  ])("what the feed has lost %s", (_name, comment, stays) => {
    const lists = createCloudLists({
      blocklist: [ownEntry("named@evil.test", "2026-11-01"), wire("lost@evil.test", { comment })],
    });
    runFeed(lists, { file });
    expect(standing(lists)).toEqual(stays ? ["lost@evil.test", "named@evil.test"] : ["named@evil.test"]);
  });

  test("what the feed takes back, or what is allowed now, goes at once and before anything is added", () => {
    const blocklist = ["named@evil.test", "back@evil.test", "allowed@partner.test", "trusted@evil.test"].map((value) =>
      ownEntry(value),
    );
    const lists = createCloudLists({ blocklist, safelist: [wire("trusted@evil.test")] });
    const text = csv("sender,revoked", "named@evil.test,", "back@evil.test,yes", "new@evil.test,");
    const { items } = runFeed(lists, { file: text, allow: ["partner.test"] });
    expect(items.filter(({ outcome }) => outcome === "accepted").map(({ action, value }) => [action, value])).toEqual([
      ["remove", "back@evil.test"],
      ["remove", "allowed@partner.test"],
      ["remove", "trusted@evil.test"],
      ["add", "new@evil.test"],
    ]);
  });

  test("an entry that a person keeps too in another spelling is not removed", () => {
    const lists = createCloudLists({
      blocklist: [ownEntry("Lost@evil.test", "2026-11-01"), wire("lost@evil.test"), ownEntry("named@evil.test")],
    });
    runFeed(lists, { file });
    expect(standing(lists)).toHaveLength(3);
  });

  test("notes say what stands there already, and whose it is", () => {
    const blocklist = [ownEntry("named@evil.test"), wire("theirs@evil.test"), ownEntry("lost@evil.test")];
    const { notes } = runFeed(createCloudLists({ blocklist }), {
      file: csv("sender", "named@evil.test", "theirs@evil.test"),
    });
    expect(notes.slice(1)).toEqual([
      "2 of the entries stand on the list already.",
      "1 of them was put there by somebody else and stays whatever the feed says.",
      "1 earlier entry is no longer in the feed and stays until its day has come.",
    ]);
  });
});

test("a run that broke off goes on where it ended", () => {
  const file = csv("sender", ...Array.from({ length: 12 }, (_, index) => `s${index}@evil.test`));
  let left = 5;
  const lists = createCloudLists({
    fate: ({ method }) => {
      if (method === "POST" && left-- <= 0) throw new PpsError("unexpected", "The machine was switched off.");
      return undefined;
    },
  });
  runFeed(lists, { file });
  const before = lists.blocklist.length;
  lists.fate = () => undefined;
  const { counts } = runFeed(lists, { file });
  expect(lists.blocklist).toHaveLength(12);
  expect(counts).toEqual({ accepted: 12 - before });
});
