import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "./findings.ts";
import { drawTimeline } from "./timeline.ts";

const since = Date.UTC(2026, 2, 1);
const until = Date.UTC(2026, 2, 8);

function at(time: number | undefined, heldIn: string[] = []): Finding {
  return {
    ...{ guid: "", sender: "", recipients: [], subject: "", messageId: "", senderIp: "", finalRule: "" },
    ...{ time, heldIn, traced: "delivered", namedFolders: [], indicators: [] },
  };
}

test("without a message that has a date there is nothing to draw", () => {
  expect(drawTimeline([], since, until)).toEqual([]);
  expect(drawTimeline([at(undefined)], since, until)).toEqual([]);
});

test("messages that came together stand among some of the time before and after", () => {
  const time = since + 3 * 86_400_000 + 30_000;
  const buckets = drawTimeline([at(time), at(time, ["Phish"]), at(undefined)], since, until);
  expect(buckets).toHaveLength(24);
  expect(buckets[12]).toEqual({
    ...{ from: "2026-03-04T00:00:00Z", minutes: 1, held: 1, delivered: 1, stopped: 0, unclear: 0 },
  });
});

test("a week of messages is counted in stretches of a few hours", () => {
  const week = Array.from({ length: 7 * 24 }, (_, hour) => at(since + hour * 3_600_000));
  const buckets = drawTimeline(week, since, until);
  expect(buckets).toHaveLength(56);
  expect(buckets.every(({ minutes, delivered }) => minutes === 180 && delivered === 3)).toBe(true);
});

test("whenever messages came, they are all counted, in 60 stretches of one width at most and without gaps", () => {
  const time = fc.integer({ min: 0, max: 400 * 365 * 86_400_000 });
  fc.assert(
    fc.property(fc.array(time, { minLength: 1, maxLength: 30 }), (times) => {
      const buckets = drawTimeline(
        times.map((one) => at(one)),
        Math.min(...times),
        Math.max(...times),
      );
      expect(buckets.length).toBeLessThanOrEqual(60);
      expect(buckets.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(times.length);
      const width = buckets[0]?.minutes ?? 0;
      const starts = buckets.map(({ from }) => Date.parse(from));
      expect(starts).toEqual(starts.map((_start, index) => (starts[0] ?? 0) + index * width * 60_000));
    }),
  );
});
