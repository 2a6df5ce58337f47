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
