import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { falsePositiveResult, feedResult, huntResult, phishingResult } from "../../test/report/sample-results.ts";
import { commands } from "../commands/index.ts";
import { type Reported, renderReport, reportPolicy } from "./report.ts";

const facts = { generatedAt: Date.parse("2026-03-04T14:00:00Z"), version: "1.2.3" };
const results: readonly (readonly [name: string, result: Reported])[] = [
  ["respond.phishing", phishingResult()],
  ["respond.false-positive", falsePositiveResult()],
  ["hunt", huntResult(10)],
  ["blocklist.feed", feedResult()],
];

/** Puts a text in the place of every text but those that commands choose from a few. */
function fill(value: unknown, text: string, name = ""): unknown {
  if (typeof value === "string") return ["state", "outcome", "action"].includes(name) ? value : text;
  if (Array.isArray(value)) return value.map((one) => fill(one, text));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, text, key)]));
}

function tagsOf(page: string): string[] {
  return page.replace(/<style>[^<]*<\/style>/, "").match(/<[^>]*>?/g) ?? [];
}

test("every command that promises a report has one, and no other", () => {
  const promised = commands.filter(({ hasReport }) => hasReport).map(({ name }) => name);
  for (const name of promised) expect(results.map(([known]) => known)).toContain(name);
  const without = commands.filter(({ hasReport }) => !hasReport);
  expect(without.length).toBeGreaterThan(20);
  for (const { name } of without) {
    expect(() => renderReport(name, { items: [], summary: {} }, facts)).toThrow(`${name} has no report.`);
  }
});

test.each(results)(
  "whatever stands in the result, the report of %s has the same elements and attributes",
  (name, result) => {
    const markup = fc.array(
      fc.constantFrom("<", ">", '"', "'", " onload=", "</style>", "<!--", "&lt;", "&", "\0", "a"),
    );
    const anyText = fc.oneof(
      fc.string({ unit: "binary" }),
      markup.map((parts) => parts.join("")),
    );
    // No text at all leaves facts and lines out; apart from that only the text differs.
    const known = new Set(
      [...tagsOf(renderReport(name, result, facts)), '<span class="none">', "<code>", "<wbr>"].map(shapeOf),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const page = renderReport(name, fill(result, text) as Reported, facts);
        expect(tagsOf(page).filter((tag) => !known.has(shapeOf(tag)) && !isPlot(tag))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  },
);

/** An element with the names of its attributes. */
function shapeOf(tag: string): string {
  return tag.replace(/="[^"]*"/g, "=");
}

/** Without times there is no plot, and with others another. */
function isPlot(tag: string): boolean {
  return /^<\/?(p class="none"|p)>$/.test(tag);
}

test.each(results)("the report of %s says first how it is read and what it may load", (name, result) => {
  const page = renderReport(name, result, facts);
  expect(page).toMatch(
    /^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"/,
  );
  const digest = createHash("sha256")
    .update(/<style>([^<]*)<\/style>/.exec(page)?.[1] ?? "")
    .digest("base64");
  expect(reportPolicy).toBe(`default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`);
  expect(page).toContain(`content="${reportPolicy}"`);
  expect(page).toContain('<meta name="referrer" content="no-referrer">');
  expect(page).not.toMatch(/ style=|<script|<link|<img|src=|https?:\/\//);
});

test.each(results)("the report of %s is the same for the same result", (name, result) => {
  expect(renderReport(name, result, facts)).toBe(renderReport(name, result, facts));
  expect(renderReport(name, result, { ...facts, title: "Case <4711>" })).toContain("<h1>Case &lt;4711&gt;</h1>");
});

test.each(results)("work of %s that broke off leaves a report that says so", (name, { items }) => {
  const summary = { truncated: true, notes: ["The work broke off."] };
  for (const some of [items, []]) {
    const page = renderReport(name, { items: some, summary }, facts);
    expect(page).toContain("This report is not complete");
    expect(page).toContain("The work broke off.");
  }
});

test("a search that failed in part does not look like one that found little", () => {
  expect(renderReport("hunt", huntResult(), facts)).toContain("Part of the search failed.");
});

test("a plan says that nothing was changed, and what was lost that it is not known", () => {
  expect(renderReport("respond.phishing", phishingResult("planned"), facts)).toContain("Nothing was changed.");
  const done = renderReport("respond.phishing", phishingResult("done"), facts);
  expect(done).not.toContain("Nothing was changed.");
  expect(done).toContain("Of 1 action it is not known whether it happened.");
});

test("senders, links and hosts cannot be clicked on, wherever the page is pasted", () => {
  const page = renderReport("respond.phishing", phishingResult(), facts).replaceAll("<wbr>", "");
  expect(page).toContain("<code>hxxps://login[.]evil[.]test/session?id=7f3a&amp;next=%2Fportal</code>");
  expect(page).toContain("<code>billing+1[@]invoices[.]evil[.]test</code>");
});

test("a table ends after 5,000 rows and says how many it lacks", () => {
  const page = renderReport("hunt", huntResult(6_234), facts);
  expect(page).toContain("1,234 more rows are not shown here; the result as JSON has them all.");
  expect(page).toContain('<dd class="value">6,234</dd>');
  const section = page.slice(page.indexOf(">Messages</h2>"));
  expect(section.match(/<tr role="row"><td/g)).toHaveLength(5_000);
});

test("a message that two folders hold is one on the plot", () => {
  const message = {
    guid: "G1",
    state: "held",
    receivedAt: "2026-03-04T12:00:00Z",
    action: "delete",
    outcome: "done",
    message: "",
  };
  const items = [
    { ...message, folder: "Phish" },
    { ...message, folder: "Bulk" },
    { ...message, guid: "G2" },
  ];
  const page = renderReport("respond.phishing", { items, summary: phishingResult().summary }, facts);
  expect(page).toContain("2 messages from 2026-03-04 12:00 to 2026-03-04 12:05 UTC; each bar stands for 5 minutes.");
});
