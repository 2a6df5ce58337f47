import { expect, test } from "vitest";
import { summarize } from "./summary-text.ts";

const summary = { searched: [{ folder: "Phish", state: "searched" }], since: "2026-03-04T05:06:07Z", notes: [] };

test("a search that found nothing says how far back it looked", () => {
  expect(summarize({ list: "messages", count: 0, summary, changes: false }).say).toEqual([
    "0 messages in Phish since 2026-03-04T05:06:07Z.",
  ]);
});

test("a search that found something says how much and where", () => {
  expect(summarize({ list: "messages", count: 1, summary, changes: false }).say).toEqual(["1 message in Phish."]);
});

test("notes of a change are warnings, those of a search are not", () => {
  const told = { notes: ["One thing more."] };
  expect(summarize({ list: "entries", count: 1, summary: told, changes: false })).toEqual({
    say: ["1 entry.", "One thing more."],
    warn: [],
  });
  const outcomes = { ...told, counts: { accepted: 2, unchanged: 1, failed: 0 } };
  expect(summarize({ list: "outcomes", count: 3, summary: outcomes, changes: true })).toEqual({
    say: ["3 outcomes: 2 accepted, 1 unchanged."],
    warn: ["One thing more."],
  });
  expect(summarize({ list: undefined, count: 0, summary: told, changes: true })).toEqual({
    say: [],
    warn: ["One thing more."],
  });
});
