import { expect, test } from "vitest";
import { readRetryAfter } from "./retry-after.ts";

const now = Date.UTC(2026, 2, 4, 5, 6, 7);

test.each<[string | undefined, number | undefined]>([
  ["30", 30_000],
  [" 5 ", 5000],
  ["0", 0],
  ["Wed, 04 Mar 2026 05:06:37 GMT", 30_000],
  ["Wed, 04 Mar 2026 05:06:07 GMT", undefined],
  ["Wed, 04 Mar 2026 05:05:00 GMT", undefined],
  ["-1", undefined],
  ["soon", undefined],
  ["", undefined],
  [undefined, undefined],
])("Retry-After %j asks to wait %j milliseconds", (header, wait) => {
  expect(readRetryAfter(header, now)).toBe(wait);
});

test("a date says nothing to whoever does not know the time, seconds do", () => {
  expect(readRetryAfter("Wed, 04 Mar 2026 05:06:37 GMT", Number.NaN)).toBeUndefined();
  expect(readRetryAfter("30", Number.NaN)).toBe(30_000);
});
