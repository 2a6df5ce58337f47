import { expect, test } from "vitest";
import { readReceivedTime } from "./received-time.ts";

const noon = Date.UTC(2026, 2, 4, 12, 19, 5);

test.each([
  ["in UTC", "from a by b; Wed, 4 Mar 2026 12:19:05 +0000 (UTC)", noon],
  ["in a zone to the east", "from a by b;\r\n\tWed, 04 Mar 2026 14:49:05 +0230", noon],
  ["in a zone to the west", "by b id 1; 4 Mar 2026 06:19:05 -0600", noon],
  ["without a zone or seconds", "by b; 4 Mar 2026 12:19", noon - 5_000],
  ["behind the last semicolon", "from a (x; 1 Jan 2020 00:00:00 +0000) by b; 4 Mar 2026 12:19:05 GMT", noon],
  ["that names no month", "by b; 4 Foo 2026 12:19:05 +0000", null],
  ["that is missing", "from a by b", null],
])("a time %s is read", (_how, header, time) => {
  expect(readReceivedTime(header)).toBe(time);
});
