import { expect, test } from "vitest";
import { concernsSender } from "./user-entry.ts";

// pps-api.md 6, row "Entry of a list".
test.each([
  ["x@evil.example", "x@evil.example", true],
  ["X@Evil.Example", "x@eVIL.example", true],
  ["x@evil.example", "y@evil.example", false],
  ["x@evil.example", "x@sub.evil.example", false],
  ["@evil.example", "y@evil.example", true],
  ["@EVIL.example", "y@evil.EXAMPLE", true],
  ["@evil.example", "y@sub.evil.example", false],
  ["evil.example", "y@evil.example", true],
  ["evil.example", "y@deep.sub.Evil.example", true],
  ["evil.example", "y@notevil.example", false],
  ["evil.example", "evil.example@shop.example", false],
  ["evil.example", "", false],
  ["@evil.example", "", false],
  ["@", "y@evil.example", false],
  ["", "", false],
  ["", "postmaster", false],
])("the entry %j and the sender %j: %s", (entry, sender, expected) => {
  expect(concernsSender(entry, sender)).toBe(expected);
});
