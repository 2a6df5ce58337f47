import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine } from "./csv.ts";

test.each([
  ["plain text", "Invoice 7", "Invoice 7"],
  ["a comma", "Doe, Ann", '"Doe, Ann"'],
  ["quotes", 'the "real" one', '"the ""real"" one"'],
  ["a formula", '=HYPERLINK("http://bad.example","x")', '"\'=HYPERLINK(""http://bad.example"",""x"")"'],
  ["a plus sign", "+41 44 000 00 00", "'+41 44 000 00 00"],
  ["an at sign", "@SUM(A1)", "'@SUM(A1)"],
  ["a full-width equals sign", "\uff1dcmd", "'\uff1dcmd"],
  ["a tab in front", "\t=1", "'\\u{9}=1"],
  ["a line break", "one\r\ntwo", "one\\u{d}\\u{a}two"],
  ["a negative number", -5, "-5"],
  ["a list", ["ann@example.com", "bob@example.com"], "ann@example.com; bob@example.com"],
  ["a list that begins with a formula", ["=1", "2"], "'=1; 2"],
  ["a list with a formula in it", ["a", "=1", "-2"], "a; '=1; '-2"],
  ["a formula behind a semicolon and a quote", 'x;"=1', '"x;""\'=1"'],
  ["a formula behind a semicolon", "x;=1;\uff0b2; y", "x;'=1;'\uff0b2; y"],
  ["an object", { a: 1, b: "x" }, '"{""a"":1,""b"":""x""}"'],
  ["nothing", null, ""],
])("%s becomes one cell", (_what, value, cell) => {
  expect(csvLine([value])).toBe(`${cell}\r\n`);
});

test("whatever the texts, a line has as many cells as values and none is a formula", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (values) => {
      const line = csvLine(values);
      const cells = readCells(line);
      expect(cells).toHaveLength(values.length);
      for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      for (const cell of line.split(";")) expect(cell).not.toMatch(/^\s*[=+\-@]/);
    }),
  );
});

/** RFC 4180, read back. */
function readCells(line: string): string[] {
  const body = line.slice(0, -2);
  const cells: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^",]*)(,|$)/gy;
  for (let match = cell.exec(body); match !== null; match = cell.exec(body)) {
    const [, text = "", end] = match;
    cells.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
    if (end === "") break;
  }
  return cells;
}
