import fc from "fast-check";
import { expect, test } from "vitest";
import type { Bucket } from "../document.ts";
import { scaleOf, totalOf } from "./timeline-scale.ts";

const noon = Date.parse("2026-03-04T12:00:00Z");
const minute = 60_000;

function bucket(minutesLater: number, more: Partial<Bucket> = {}): Bucket {
  return { from: noon + minutesLater * minute, minutes: 5, held: 1, delivered: 0, stopped: 0, unclear: 0, ...more };
}

const count = fc.nat({ max: 100_000 });
const anyBuckets = fc
  .record({
    minutes: fc.constantFrom(1, 5, 60, 1440),
    places: fc.uniqueArray(fc.nat({ max: 50_000 }), { maxLength: 50 }),
    counts: fc.array(fc.tuple(count, count, count, count), { minLength: 50, maxLength: 50 }),
  })
  .map(({ minutes, places, counts }) =>
    places.map((place, at): Bucket => {
      const [held = 0, delivered = 0, stopped = 0, unclear = 0] = counts[at] ?? [];
      return { from: noon + place * minutes * minute, minutes, held, delivered, stopped, unclear };
    }),
  );

test("whatever the buckets, every message is in a bar, and every bar on the plot", () => {
  fc.assert(
    fc.property(anyBuckets, (buckets) => {
      const scale = scaleOf(buckets);
      const total = buckets.reduce((sum, one) => sum + totalOf(one), 0);
      expect(scale === undefined).toBe(total === 0);
      if (scale === undefined) return;
      const { from, until, bars, minutes, ticks, levels } = scale;
      expect(bars.reduce((sum, bar) => sum + totalOf(bar), 0)).toBe(total);
      expect(bars.length).toBeLessThanOrEqual(161);
      expect(ticks.length).toBeLessThanOrEqual(8);
      expect(levels.length).toBeLessThanOrEqual(5);
      const top = levels.at(-1) ?? 0;
      bars.forEach((bar, at) => {
        expect(bar.from).toBeGreaterThanOrEqual(from);
        expect(bar.from + minutes * minute).toBeLessThanOrEqual(until);
        expect(bar.from - (bars[at - 1]?.from ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(minutes * minute);
        expect(totalOf(bar)).toBeLessThanOrEqual(top);
      });
      for (const tick of ticks) expect(tick >= from && tick <= until).toBe(true);
    }),
  );
});

test("without a message there is nothing to lay out", () => {
  expect(scaleOf([])).toBeUndefined();
  expect(scaleOf([bucket(0, { held: 0 })])).toBeUndefined();
});

test("a single bar stands in the middle and keeps its width", () => {
  const scale = scaleOf([bucket(0, { held: 3 })]);
  expect(scale).toMatchObject({ minutes: 5, bars: [{ held: 3 }], levels: [0, 1, 2, 3] });
  expect((scale?.until ?? 0) - (scale?.from ?? 0)).toBe(12 * 5 * minute);
});

test("a month of minutes is put together to hours of the day", () => {
  const scale = scaleOf([bucket(1), bucket(2, { delivered: 4 }), bucket(30 * 1440)]);
  expect(scale?.minutes).toBe(360);
  expect(scale?.bars.map(({ from }) => new Date(from).toISOString())).toEqual([
    "2026-03-04T12:00:00.000Z",
    "2026-04-03T12:00:00.000Z",
  ]);
  expect(scale?.bars[0]).toMatchObject({ held: 2, delivered: 4 });
  expect(scale?.isDaily).toBe(true);
});
