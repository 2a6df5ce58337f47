import fc from "fast-check";
import { expect, test } from "vitest";
import { createClock } from "./clock.ts";

test("a fresh clock shows the machine's time and runs with it", () => {
  let machine = 1000;
  const clock = createClock(() => machine);
  expect(clock.now()).toBe(1000);
  machine = 1700;
  expect(clock.now()).toBe(1700);
});

test("a shifted clock keeps running; a stopped one stands until it is moved", () => {
  let machine = 0;
  const clock = createClock(() => machine);
  clock.set(50_000);
  machine = 10;
  expect(clock.now()).toBe(50_010);
  clock.set(70_000, true);
  machine = 5000;
  expect([clock.now(), clock.isStopped()]).toEqual([70_000, true]);
  clock.advance(-1000);
  expect(clock.now()).toBe(69_000);
  clock.set(1, false);
  machine = 5004;
  expect([clock.now(), clock.isStopped()]).toEqual([5, false]);
});

test("any series of advances adds up, whether the clock runs or stands", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(fc.integer({ min: -1e9, max: 1e9 })), (stopped, steps) => {
      const clock = createClock(() => 0);
      clock.set(0, stopped);
      let told = 0;
      clock.onChange(() => {
        told++;
      });
      for (const step of steps) clock.advance(step);
      expect(clock.now()).toBe(steps.reduce((sum, step) => sum + step, 0));
      expect(told).toBe(steps.length);
    }),
  );
});
