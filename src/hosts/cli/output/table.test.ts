import fc from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { plain } from "./paint.ts";
import { headingLine, layOut, rowLine, type TableShape } from "./table.ts";

function print(rows: readonly object[], shape: TableShape): string[] {
  const layout = layOut(rows, shape);
  return (headingLine(layout, shape) + rows.map((row) => rowLine(row, layout, shape)).join("")).trimEnd().split("\n");
}

const columns = [
  { name: "sender", whole: false },
  { name: "subject", whole: false },
  { name: "localGuid", whole: true },
];

test("columns are as wide as their values, also of East Asian letters", () => {
  const rows = [
    { sender: "ann@example.com", subject: "請求書", localGuid: "4:2:6" },
    { sender: "bob@example.com", subject: "Invoice", localGuid: "4:2:7" },
  ];
  expect(print(rows, { columns, paint: plain })).toEqual([
    "sender           subject  localGuid",
    "ann@example.com  請求書   4:2:6",
    "bob@example.com  Invoice  4:2:7",
  ]);
});

test("a narrow terminal cuts texts and leaves ids whole", () => {
  const rows = [{ sender: "accounts@long-name.example", subject: "Your invoice is overdue", localGuid: "4:2:600" }];
  expect(print(rows, { columns, width: 40, paint: plain })).toEqual([
    "sender         subject         localGuid",
    "accounts@lon…  Your invoice …  4:2:600",
  ]);
});

test("what has no room beside the others stands on a line below", () => {
  const guid = "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f";
  const rows = [{ sender: "ann@example.com", subject: "Lunch on Friday", localGuid: guid }];
  expect(print(rows, { columns, width: 40, paint: plain })).toEqual([
    "sender           subject",
    "ann@example.com  Lunch on Friday",
    `  localGuid ${guid}`,
  ]);
});

test("without a terminal nothing is cut, and one huge text does not push the others apart", () => {
  const rows = [
    { sender: "a", subject: "x".repeat(5000), localGuid: "1" },
    { sender: "b", subject: "short", localGuid: "2" },
  ];
  const lines = print(rows, { columns, paint: plain });
  expect(lines[1]).toBe(`a       ${"x".repeat(5000)}  1`);
  expect(lines[2]).toBe(`b       short${" ".repeat(57)}2`);
});

test("no text, however odd, makes a fitted table wider than the terminal", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 60 });
  const row = fc.record({ sender: text, subject: text, localGuid: fc.constant("4:2:6") });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), fc.integer({ min: 40, max: 120 }), (rows, width) => {
      for (const line of print(rows, { columns, width, paint: plain })) {
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }
    }),
  );
});
