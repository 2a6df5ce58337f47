import fc from "fast-check";
import { expect, test } from "vitest";
import { readCsv } from "../../../core/csv.ts";
import { makeTable } from "./table-text.ts";

test("whatever senders write, a row is one line of as many cells, and none is a formula", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("=1+1", "@x", "+1", "-1", '"', ",", "\r\n=1", "\uff1d1", "\u200b=1", "\t=1", " -1"),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1 }), (cells) => {
      const { rows } = makeTable("Title", ["One", "Two", "Three"], cells).table;
      for (const row of rows) {
        expect(row).not.toMatch(/[\r\n]/);
        const [read] = readCsv(row, ",").rows;
        expect(read?.cells).toHaveLength(3);
        for (const cell of read?.cells ?? []) expect(cell).not.toMatch(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/);
      }
    }),
  );
});

test("a long table is cut, by rows and by size, and says so", () => {
  const row = ["x".repeat(500)];
  const many = makeTable("Title", ["One"], Array(600).fill(["a"]));
  expect([many.table.rows.length, many.isCut]).toEqual([500, true]);
  const large = makeTable("Title", ["One"], Array(499).fill(Array(6).fill(row).flat()));
  expect(large.isCut).toBe(true);
  expect(JSON.stringify(large.table.rows).length).toBeLessThan(1024 * 1024 + 5000);
  expect(makeTable("Title", ["One"], [["a"], [["b", "c"]], [null], [1]]).table.rows).toEqual([
    "One",
    "a",
    "b; c",
    "",
    "1",
  ]);
});
