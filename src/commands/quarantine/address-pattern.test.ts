import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesPattern } from "./address-pattern.ts";

test.each([
  ["ann@example.com", "Ann@Example.com", true],
  ["ann@example.com", "joann@example.com", false],
  ["ann*", "ann@example.com", true],
  ["ann*", "joann@example.com", false],
  ["*example.com", "ann@other-example.com", true],
  ["*example.com", "ann@example.com.evil.example", false],
  ["@example.com", "ann@example.com", true],
  ["@example.com", "ann@sub.example.com", false],
  ["*@example.com", "ann@example.com", true],
  ["*@example.com", "ann@sub.example.com", false],
  ["*invoice*", "no-INVOICE-here@example.com", true],
  ["*invoice*", "ann@example.com", false],
  ["*", "ann@example.com", true],
  ["*", "", true],
  ["ann", "ann@example.com", false],
  ["@example.com", ".com", false],
])("the pattern %s and the address %s match: %s (pps-api.md 2.2)", (pattern, address, expected) => {
  expect(matchesPattern(pattern, address)).toBe(expected);
});

test("every address matches itself, its start, its end and any part of it", () => {
  const plain = fc.stringMatching(/^[a-z0-9.+-]{1,12}@[a-z0-9.-]{1,12}$/);
  fc.assert(
    fc.property(plain, fc.nat(24), fc.nat(24), (address, one, other) => {
      const [start, end] = [Math.min(one, other), Math.max(one, other)];
      expect(matchesPattern(address, address)).toBe(true);
      expect(matchesPattern(`${address.slice(0, end)}*`, address)).toBe(true);
      expect(matchesPattern(`*${address.slice(start)}`, address)).toBe(true);
      expect(matchesPattern(`*${address.slice(start, end)}*`, address)).toBe(true);
    }),
  );
});
