import { expect, test } from "vitest";
import { resolveQuirks } from "../quirks.ts";
import { readAddressPattern, readSubjectPattern } from "./match-form.ts";

const usual = resolveQuirks("onprem");
const form = (kind: string, text: string, isExactCase = false) => [{ kind, text, isExactCase }];

// pps-api.md 2.2
test.each([
  ["ann@example.com", form("equals", "ann@example.com")],
  ["ann*", form("starts", "ann")],
  ["*example.com", form("ends", "example.com")],
  ["*invoice*", form("contains", "invoice")],
  ["@example.com", form("ends", "@example.com")],
  ["*@example.com", form("ends", "@example.com")],
  ["ann@*", form("starts", "ann@")],
  ["*", "any"],
  ["**", "any"],
  ["ann", form("equals", "ann")],
  ["a*b", form("equals", "a*b")],
])("the address pattern %j is read as its form", (text, pattern) => {
  expect(readAddressPattern(text, usual)).toEqual(pattern);
});

test.each([
  ["Invoice*", form("starts", "Invoice")],
  ["*overdue", form("ends", "overdue")],
  ["*invoice*", form("contains", "invoice")],
  ["@example.com", form("equals", "@example.com")],
  ["Test", form("equals", "Test")],
  ["two\nlines*", form("starts", "two\nlines")],
])("the subject pattern %j is read as its form", (text, pattern) => {
  expect(readSubjectPattern(text, usual)).toEqual(pattern);
});

test("quirks decide about bare words, inner stars, letter case and sub-domains", () => {
  const nothing = resolveQuirks("onprem", { "bare-word": "nothing" });
  expect(readAddressPattern("ann", nothing)).toBe("none");
  expect(readSubjectPattern("Test", nothing)).toBe("none");
  expect(readAddressPattern("ann@example.com", nothing)).not.toBe("none");
  const wild = resolveQuirks("onprem", { "inner-star": "wildcard", "address-case": "exact" });
  expect(readAddressPattern("a*b", wild)).toEqual(form("glob", "a*b", true));
  expect(readSubjectPattern("a*b*", resolveQuirks("onprem", { "inner-star": "refused" }))).toBeUndefined();
  expect(readAddressPattern("@example.com", resolveQuirks("onprem", { "sub-domains": "included" }))).toEqual([
    ...form("ends", "@example.com"),
    ...form("glob", "*@*.example.com"),
  ]);
});
