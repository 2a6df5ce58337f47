import fc from "fast-check";
import { expect, test } from "vitest";
import { createRate } from "./rate.ts";

test("over any time no more calls pass than the rate and the first burst allow", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600 }),
      fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 }),
      (callsPerMinute, waits) => {
        let now = 0;
        let passed = 0;
        const rate = createRate(callsPerMinute, () => now);
        for (const wait of waits) {
          now += wait;
          try {
            rate.count("soc");
            passed++;
          } catch {
            // Turned away.
          }
        }
        expect(passed).toBeLessThanOrEqual(Math.max(1, callsPerMinute / 2) + (now * callsPerMinute) / 60_000 + 1e-6);
      },
    ),
  );
});

test("after the wait that was asked for, the next call passes", () => {
  let now = 0;
  const rate = createRate(2, () => now);
  rate.count("soc");
  const refusal = (() => {
    try {
      rate.count("soc");
    } catch (error) {
      return error as { code: string; details: { retryAfterSeconds: number } };
    }
  })();
  expect(refusal).toMatchObject({ code: "too_many_requests", details: { retryAfterSeconds: 30 } });
  now += 30_000;
  rate.count("soc");
});
