import { expect, test } from "vitest";
import { singularOf } from "./singular.ts";

test.each([
  ["messages", "message"],
  ["entries", "entry"],
  ["localGuids", "localGuid"],
  ["addresses", "address"],
  ["aliases", "alias"],
  ["guid", "guid"],
])("one of %s is a %s", (plural, singular) => {
  expect(singularOf(plural)).toBe(singular);
});
