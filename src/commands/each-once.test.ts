import fc from "fast-check";
import { expect, test } from "vitest";
import { eachOnce, firstOfEach } from "./each-once.ts";

test("of items with the same key the first is kept, in their order", () => {
  const items = fc.array(fc.record({ key: fc.constantFrom("a", "A", "constructor", "=a", ""), value: fc.integer() }));
  fc.assert(
    fc.property(items, (all) => {
      const kept = firstOfEach(all, ({ key }) => key);
      expect(kept).toEqual(all.filter((item, index) => all.findIndex(({ key }) => key === item.key) === index));
    }),
  );
});

test("texts that differ only in the case of letters are kept once, as the first is written", () => {
  expect(eachOnce(["Ann", "constructor", "ann", "BOB", "bob"])).toEqual(["Ann", "constructor", "BOB"]);
});
