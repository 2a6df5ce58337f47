import fc from "fast-check";
import { expect, test } from "vitest";
import { formatTime, readTime } from "./time.ts";

const now = Date.UTC(2026, 2, 4, 5, 6, 7);

function read(phrase: string, at = now): string {
  const reading = readTime(phrase, at);
  return "time" in reading ? formatTime(reading.time) : `refused: ${reading.complaint}`;
}

test.each([
  ["24 hours", "2026-03-03T05:06:07Z"],
  ["24 hours ago", "2026-03-03T05:06:07Z"],
  ["24h", "2026-03-03T05:06:07Z"],
  ["24hours", "2026-03-03T05:06:07Z"],
  ["-24 hours", "2026-03-03T05:06:07Z"],
  ["1d", "2026-03-03T05:06:07Z"],
  ["a day ago", "2026-03-03T05:06:07Z"],
  ["Yesterday", "2026-03-03T05:06:07Z"],
  [" now ", "2026-03-04T05:06:07Z"],
  ["today", "2026-03-04T05:06:07Z"],
  ["0 hours", "2026-03-04T05:06:07Z"],
  ["two days ago", "2026-03-02T05:06:07Z"],
  ["in 2 hours", "2026-03-04T07:06:07Z"],
  ["in 1 day", "2026-03-05T05:06:07Z"],
  ["tomorrow", "2026-03-05T05:06:07Z"],
  ["7 days", "2026-02-25T05:06:07Z"],
  ["1w", "2026-02-25T05:06:07Z"],
  ["last week", "2026-02-25T05:06:07Z"],
  ["an hour ago", "2026-03-04T04:06:07Z"],
  ["5 m", "2026-03-04T05:01:07Z"],
  ["5 M", "2026-03-04T05:01:07Z"],
  ["90 min", "2026-03-04T03:36:07Z"],
  ["1.5 hours", "2026-03-04T03:36:07Z"],
  ["1 hour, 30 minutes", "2026-03-04T03:36:07Z"],
  ["1h 30m", "2026-03-04T03:36:07Z"],
  ["60s", "2026-03-04T05:05:07Z"],
  ["30 secs", "2026-03-04T05:05:37Z"],
  ["1 day and 2 hours", "2026-03-03T03:06:07Z"],
  ["12 hours 7 days", "2026-02-24T17:06:07Z"],
  ["7 days, 12 hours", "2026-02-24T17:06:07Z"],
  ["1.5 days", "2026-03-02T17:06:07Z"],
  ["1 month", "2026-02-04T05:06:07Z"],
  ["1mo", "2026-02-04T05:06:07Z"],
  ["last month", "2026-02-04T05:06:07Z"],
  ["3 Months", "2025-12-04T05:06:07Z"],
  ["1y", "2025-03-04T05:06:07Z"],
  ["2020-01-25T10:00:00Z", "2020-01-25T10:00:00Z"],
  ["2020-01-25T10:00:00", "2020-01-25T10:00:00Z"],
  ["2020-01-25T10:00:00.5Z", "2020-01-25T10:00:00Z"],
  ["2020-01-25 10:00:00 UTC", "2020-01-25T10:00:00Z"],
  ["2020-01-25 10:00", "2020-01-25T10:00:00Z"],
  ["2020-01-25", "2020-01-25T00:00:00Z"],
  ["Jan 25 2020", "2020-01-25T00:00:00Z"],
  ["25 January 2020", "2020-01-25T00:00:00Z"],
  ["2021-02-08T08:12:30-05:00", "2021-02-08T13:12:30Z"],
  ["2021-02-08T08:12:30-0500", "2021-02-08T13:12:30Z"],
  ["2020-05-20 14:13:02 [UTC-0600]", "2020-05-20T20:13:02Z"],
  ["1580000000", "2020-01-26T00:53:20Z"],
  ["1580000000123", "2020-01-26T00:53:20Z"],
])("%s is read as %s", (phrase, expected) => {
  expect(read(phrase)).toBe(expected);
});

test("a month back from the 31st ends at the last day of a shorter month", () => {
  expect(read("1 month", Date.UTC(2026, 2, 31, 12))).toBe("2026-02-28T12:00:00Z");
});

test.each(
  "gibberish|Last24Hours|half an hour ago|2 fortnights|24 hours from now|2020-02-30|2020-01-01T24:00:00Z|2020-01-01T10:60:00Z|2020-01-01T10:00:60Z|2020-01-01T10:00:00-05|0.5 months|24|2020|hours|ago|24-hours|1h30m|1,5 hours|+2 hours|2020-13-01|monday|march|10:00|01/02/2020|25/12/2020|1.2.2020|20-01-02|9999 years|2020-01-01T10:00:00+15:00"
    .split("|")
    .map((phrase) => [phrase]),
)("%s is refused", (phrase) => {
  expect(read(phrase)).toMatch(/^refused: /);
});

test("every printed time is read back to the same instant", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (second) => {
      expect(readTime(formatTime(second * 1000), now)).toEqual({ time: second * 1000 });
    }),
  );
});

test("no text makes the reader throw, and what it reads is a number", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (phrase) => {
      const reading = readTime(phrase, now);
      if ("time" in reading) expect(Number.isFinite(reading.time)).toBe(true);
      else expect(reading.complaint).not.toBe("");
    }),
  );
});

test.each([
  ["9999-12-31T23:59:59-14:00", "that is too far away."],
  ["2026-03-04T05:06:07+14:30", "there is no such zone."],
])("%s is refused", (phrase, complaint) => {
  expect(readTime(phrase, 0)).toEqual({ complaint });
});
