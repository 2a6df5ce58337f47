import { expect, test } from "vitest";
import { readCsv } from "./csv.ts";

test.each([
  ["nothing", "", []],
  ["one line", "a,b", [["a", "b"]]],
  ["line ends of every kind", "a\nb\r\nc\rd", [["a"], ["b"], ["c"], ["d"]]],
  ["empty fields", ",a,\n", [["", "a", ""]]],
  ["quoted fields", '"a,b","c ""d"""\r\n', [["a,b", 'c "d"']]],
  ["an empty quoted field", '"",x', [["", "x"]]],
  ["line breaks in a field", '"a\r\nb",c\nd', [["a\r\nb", "c"], ["d"]]],
  ["blank lines", "a\n\n\nb\n", [["a"], ["b"]]],
  ["a text behind a closing quote", '"a" <b>,c', [['"a" <b>', "c"]]],
  ["a quote within a field", 'a "b",c', [['a "b"', "c"]]],
])("%s is read", (_what, text, cells) => {
  expect(readCsv(text, ",").rows.map((row) => row.cells)).toEqual(cells);
});

test("any of several separators divides", () => {
  expect(readCsv("a;b\tc,d", ";\t,").rows).toEqual([{ cells: ["a", "b", "c", "d"], line: 1 }]);
  expect(readCsv("a;b,c", ";").rows).toEqual([{ cells: ["a", "b,c"], line: 1 }]);
});

test("every row knows the line it begins on", () => {
  const { rows } = readCsv('a\r\n\r\n"b\r\nb\rb",c\r\nd', ",");
  expect(rows.map(({ line }) => line)).toEqual([1, 3, 6]);
});

test("a quote that is never closed is told with its line", () => {
  expect(readCsv('a\nb,"c\nd\ne', ",")).toEqual({ rows: [{ cells: ["a"], line: 1 }], openQuoteLine: 2 });
});
