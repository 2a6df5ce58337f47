import fc from "fast-check";
import { expect, test } from "vitest";
import { formatTraceDate, readTraceTime } from "./trace-date.ts";
import { formatUtc, readUtc } from "./utc-date.ts";

const seconds = fc.integer({ min: 0, max: 4_000_000_000 });

test("a UTC date is read back as it was written", () => {
  fc.assert(
    fc.property(seconds, (time) => {
      expect(readUtc(formatUtc(time))).toBe(time);
    }),
  );
});

test.each([
  "2026-02-03",
  "2026-02-03T04:05:06",
  "2026-02-03 04:05:06Z",
  "2026-02-30 04:05:06",
  "2026-02-03 24:00:00",
  "2026-02-03 04:05",
  " 2026-02-03 04:05:06",
])("the quarantine date %j is not read", (text) => {
  expect(readUtc(text)).toBeUndefined();
});

test("a Smart Search time is read with its offset", () => {
  const noon = Date.UTC(2026, 2, 4, 12) / 1000;
  expect(readTraceTime("2026-03-04T12:00:00+0000")).toBe(noon);
  expect(readTraceTime("2026-03-04T06:00:00-0600")).toBe(noon);
  expect(readTraceTime("2026-03-04T17:30:00+0530")).toBe(noon);
});

test.each([
  "2026-03-04T12:00:00+00:00",
  "2026-03-04T12:00:00Z",
  "2026-03-04T12:00:00 0000",
  "2026-03-04T12:00:00",
  "2026-13-04T12:00:00+0000",
])("the Smart Search time %j is not read", (text) => {
  expect(readTraceTime(text)).toBeUndefined();
});

test("a Smart Search date is local time with its offset in brackets, the same instant for every zone", () => {
  expect(formatTraceDate(Date.UTC(2026, 2, 4, 11, 6, 7) / 1000, "-0600")).toBe("2026-03-04 05:06:07 [UTC-0600]");
  fc.assert(
    fc.property(seconds, fc.constantFrom("-0600", "+0000", "+0530", "+1300"), (time, zone) => {
      const written = formatTraceDate(time, zone);
      expect(readTraceTime(`${written.slice(0, 10)}T${written.slice(11, 19)}${zone}`)).toBe(time);
    }),
  );
});
