import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "./random.ts";

test("the same seed gives the same sequence and another seed another one", () => {
  const draw = (seed: string) => {
    const random = createRandom(seed);
    return [random.guid(), random.qid(), random.sid(), random.integer(1000)];
  };
  expect(draw("a")).toEqual(draw("a"));
  expect(draw("a")).not.toEqual(draw("b"));
});

test("a fork is not disturbed by what is drawn from its parent", () => {
  const undisturbed = createRandom(1).fork("x").guid();
  const parent = createRandom(1);
  parent.guid();
  expect(parent.fork("x").guid()).toBe(undisturbed);
});

test("ids have the observed forms", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = createRandom(seed);
      expect(random.guid()).toMatch(/^[\w-]{32}$/);
      expect(random.qid()).toMatch(/^[a-z]\d[A-Z]\d[A-Z]\d\d[a-z]\d{6}$/);
      expect(random.sid()).toMatch(/^\d[a-z]{3}\d{6}$/);
    }),
  );
});

test("guids do not repeat and some begin with a sign", () => {
  const random = createRandom("many");
  const guids = Array.from({ length: 5000 }, () => random.guid());
  expect(new Set(guids).size).toBe(5000);
  expect(guids.some((guid) => guid.startsWith("_"))).toBe(true);
  expect(guids.some((guid) => guid.startsWith("-"))).toBe(true);
});

test("numbers are spread evenly over their range", () => {
  const random = createRandom("even");
  const counts = new Array(10).fill(0);
  for (let draw = 0; draw < 10_000; draw++) counts[random.integer(10)]++;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
