import fc from "fast-check";
import { expect, test } from "vitest";
import { compareSubjects, shapeSubject } from "./subject-shape.ts";

test.each([
  ["Re: Invoice INV-2039 overdue", "Invoice INV-7 overdue"],
  ["Your parcel X7ZK99Q2 is held at customs", "FW: your Parcel 1234567 is held at Customs!"],
  ["\u0420\u0430ypal account limited", "Paypa1 acc0unt limited"],
  ["\uff35rgent p\u00e4yment", "Urgent pay\u200bment"],
  ["\ud835\udc14rgent payment", "urgent payment"],
])("%s and %s have one shape", (one, other) => {
  expect(shapeSubject(one).key).toBe(shapeSubject(other).key);
});

test.each([
  ["Overdue invoice 99: please settle today", "Invoice 12 overdue - settle immediately", 0.6, 1],
  ["Quarterly roadmap review", "Invoice 12 overdue - settle immediately", 0, 0],
  ["Mailbox quota exceeded", "Mailbox qouta exceeded", 0.5, 1],
  ["", "Invoice overdue", 0, 0],
])("%s and %s share from %d to %d of their words", (one, other, least, most) => {
  const { share } = compareSubjects(shapeSubject(one), shapeSubject(other));
  expect(share).toBeGreaterThanOrEqual(least);
  expect(share).toBeLessThanOrEqual(most);
});

test("a subject without blanks, as some scripts are written, says as much as its words would", () => {
  expect(shapeSubject("\u60a8\u7684\u8d26\u6237\u5df2\u88ab\u6682\u505c").weight).toBeGreaterThan(1);
});

test("of a hostile subject only so many words are read", () => {
  const words = Array.from(
    { length: 500 },
    (_, index) => `w${String.fromCharCode(97 + (index % 26))}${"x".repeat(index % 7)}a`,
  );
  expect(shapeSubject(words.join(" ")).words.length).toBeLessThanOrEqual(40);
});

test("any subject is wholly like itself, and no two are more than wholly alike", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 60 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [first, second] = [shapeSubject(one), shapeSubject(other)];
      const itself = compareSubjects(first, first).share;
      expect(itself).toBeCloseTo(first.weight === 0 ? 0 : 1);
      const { share } = compareSubjects(first, second);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1.0001);
    }),
  );
});
