import fc from "fast-check";
import { expect, test } from "vitest";
import { findJsonFault } from "./json-fault.ts";

test.each([
  ["", 0],
  ["  ", 2],
  ["[", 1],
  ['["a",]', 5],
  ['["a" "b"]', 5],
  ['{"a" 1}', 5],
  ['{"a":1,}', 7],
  ["{a:1}", 1],
  ['["a"}', 4],
  ["[1] 2", 4],
  ["[01]", 1],
  ["[tru]", 1],
  ['["a\nb"]', 1],
  ['{"a":1', 6],
])("%j goes wrong at %i", (text, place) => {
  expect(findJsonFault(text)).toBe(place);
});

test("what is JSON has no fault", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2, "\t"), (value, indent) => {
      expect(findJsonFault(`${JSON.stringify(value, undefined, indent)}\r\n`)).toBeUndefined();
    }),
  );
});

test("a fault is found exactly where the engine finds one too", () => {
  const piece = fc.constantFrom(
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    '"a"',
    '"',
    "\\",
    "1",
    "-",
    ".5",
    "e3",
    "true",
    "nul",
    " ",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      const text = pieces.join("");
      const fault = findJsonFault(text);
      expect(fault === undefined).toBe(isJson(text));
      if (fault !== undefined) expect(fault).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 1000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
