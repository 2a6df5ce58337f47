import fc from "fast-check";
import { expect, test } from "vitest";
import { findCardNumbers, passesLuhn } from "./card-number.ts";

test.each([
  ["4111 1111 1111 1111", "4111111111111111"],
  ["card:5555-5555-5555-4444.", "5555555555554444"],
  ["378282246310005", "378282246310005"],
  ["x,6011111111111117,y", "6011111111111117"],
])("the card number in %j is found", (text, number) => {
  expect(findCardNumbers(text)).toEqual([number]);
});

test.each([
  "4111 1111 1111 1112",
  "1234567812345670",
  "order 94111111111111111",
  "4111-1111-1111-1111-9",
  "0.4111111111111111",
  "4111111111111111.25",
  "2026-11-21 10:00:00",
  "+49 30 901820 4111",
])("there is no card number in %j", (text) => {
  expect(findCardNumbers(text)).toEqual([]);
});

test("each number counts once, however it is written", () => {
  expect(findCardNumbers("4111111111111111, 4111 1111 1111 1111")).toEqual(["4111111111111111"]);
});

test("exactly one check figure fits any figures before it", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{12,18}$/), (figures) => {
      expect("0123456789".split("").filter((last) => passesLuhn(figures + last))).toHaveLength(1);
    }),
  );
});

test("a single wrong figure never passes", () => {
  fc.assert(
    fc.property(fc.nat(15), fc.integer({ min: 1, max: 9 }), (place, shift) => {
      const figures = [..."4111111111111111"].map(Number);
      figures[place] = ((figures[place] as number) + shift) % 10;
      expect(passesLuhn(figures.join(""))).toBe(false);
    }),
  );
});
