import fc from "fast-check";
import { expect, test } from "vitest";
import { longestComment, readComment, writeComment } from "./managed-mark.ts";

test.each([
  ["Case 4711 [pps 2026-11-21]", { text: "Case 4711", date: "2026-11-21" }],
  ["[pps phish-feed 2026-11-21]", { text: "", managedBy: "phish-feed", date: "2026-11-21" }],
  [
    "Phish [pps feed 2026-11-21 until 2026-12-21]",
    { text: "Phish", managedBy: "feed", date: "2026-11-21", until: "2026-12-21" },
  ],
  ["[pps feed 2026-11-21 until]", { text: "[pps feed 2026-11-21 until]" }],
  ["Case [pps sync 2026-11-21] reopened", { text: "Case [pps sync 2026-11-21] reopened" }],
  ["[pps SYNC 2026-11-21]", { text: "[pps SYNC 2026-11-21]" }],
  ["", { text: "" }],
])("%j is taken apart", (comment, parts) => {
  expect(readComment(comment)).toEqual(parts);
});

test("a managed entry's text makes room for the mark, another's comes before its mark", () => {
  const text = "x".repeat(150);
  const managed = writeComment({ text, managedBy: "sync", date: "2026-11-21" });
  expect(managed).toHaveLength(longestComment);
  expect(readComment(managed)).toMatchObject({ managedBy: "sync" });
  expect(writeComment({ text, date: "2026-11-21" })).toBe(text);
});

test.each([
  [`${"x".repeat(128)} [pps sync 2026-01-01]`, "a text that ends like a mark"],
  [
    `${"x".repeat(100) + " [pps sync 2026-01-01]".repeat(2)} as it was`,
    "a text that is cut behind what looks like a mark",
  ],
  [`[pps sync 2026-01-01]${" ".repeat(129)}x`, "a text that is cut within the blanks behind a mark"],
])("no text makes an entry a list file's: %s", (text) => {
  const read = readComment(writeComment({ text, date: "2026-11-21" }));
  expect(read.managedBy).toBeUndefined();
  const managed = writeComment({ text, managedBy: "feed", date: "2026-11-21" });
  expect(readComment(managed)).toMatchObject({ managedBy: "feed", date: "2026-11-21" });
});

test("a comment of very many blanks is read in no time", () => {
  const comment = `x${" ".repeat(1_000_000)}[pps sync 2026-11-21`;
  expect(readComment(comment)).toEqual({ text: comment });
});

test("what is written is read back, and never longer than PPS takes", () => {
  const text = fc.string({ unit: "binary", maxLength: 300 }).map((raw) => raw.trim());
  const label = fc.option(fc.stringMatching(/^[a-z0-9-]{1,20}$/), { nil: undefined });
  fc.assert(
    fc.property(text, label, fc.boolean(), (written, managedBy, expires) => {
      fc.pre(readComment(written).date === undefined);
      const until = managedBy !== undefined && expires ? { until: "2026-12-21" } : {};
      const comment = writeComment({
        text: written,
        date: "2026-11-21",
        ...(managedBy ? { managedBy } : {}),
        ...until,
      });
      expect(comment.length).toBeLessThanOrEqual(longestComment);
      const read = readComment(comment);
      expect(read).toMatchObject({ ...(managedBy ? { managedBy } : {}), ...until });
      if (managedBy === undefined) expect(read.managedBy).toBeUndefined();
      if (written.length < 90) expect(read).toMatchObject({ text: written, date: "2026-11-21" });
    }),
  );
});
