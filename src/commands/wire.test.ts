import fc from "fast-check";
import { expect, test } from "vitest";
import { isPpsError } from "../core/errors.ts";
import {
  readNumber,
  readQuarantineTime,
  readSearchAnswer,
  readTexts,
  readTraceAnswer,
  readTraceTime,
  toQuarantineTime,
  toTraceTime,
} from "./wire.ts";

function search(text: string) {
  return readSearchAnswer({ status: 200, headers: {}, text }, "the search");
}

function trace(text: string) {
  return readTraceAnswer({ status: 200, headers: {}, text }, "the trace search");
}

test.each([
  ["the usual envelope", '{"count":1,"meta":{"limit":1000},"records":[{"guid":"a"}]}', [{ guid: "a" }], 1, 1000],
  ["numbers as texts", '{"count":"1","meta":{"limit":"500"},"records":[{"guid":"a"}]}', [{ guid: "a" }], 1, 500],
  ["no meta", '{"count":0,"records":[]}', [], 0, undefined],
  ["meta with foreign keys", '{"count":0,"meta":{"page":1},"records":[]}', [], 0, undefined],
  ["meta that is a text", '{"count":0,"meta":"none","records":[]}', [], 0, undefined],
  ["a limit that cannot be", '{"count":0,"meta":{"limit":0},"records":[]}', [], 0, undefined],
  ["no records when nothing was found", '{"count":0,"meta":{"limit":1000}}', [], 0, 1000],
  ["null for records", '{"count":0,"records":null}', [], 0, undefined],
  ["a count above the list", '{"count":9,"records":[{"guid":"a"}]}', [{ guid: "a" }], 9, undefined],
  ["records without a count", '{"records":[{"guid":"a"}]}', [{ guid: "a" }], undefined, undefined],
  ["a bare array", '[{"guid":"a"}]', [{ guid: "a" }], undefined, undefined],
  ["an empty bare array", "[]", [], undefined, undefined],
])("%s is read (pps-api.md 2.3)", (_form, text, records, count, limit) => {
  expect(search(text)).toEqual({ records, count, limit });
});

test.each([
  ["an empty body", ""],
  ["blanks", " \r\n"],
  ["prose", "No messages found"],
  ["a login page", "<html><title>Sign in</title></html>"],
  ["cut JSON", '{"count":2,"records":[{"guid":"a"'],
  ["a number", "7"],
  ["null", "null"],
  ["an empty object", "{}"],
  ["a foreign object", '{"status":"ok"}'],
  ["records that are an object", '{"count":1,"records":{"guid":"a"}}'],
  ["records that are a text", '{"records":"none"}'],
  ["a record that is a text", '{"records":["a"]}'],
  ["a record that is null", "[null]"],
  ["a count without its records", '{"count":3,"records":[]}'],
  ["a count without any list", '{"count":"3","meta":{"limit":1000}}'],
])("%s in place of a list of records is an error, never nothing found (pps-api.md 2.3)", (_form, text) => {
  expect(() => search(text)).toThrow("PPS answered the search with something that is no list of records");
});

test.each([
  ["the usual envelope", '{"result":[{"GUID":"a"}]}', [{ GUID: "a" }]],
  ["an empty list", '{"result":[]}', []],
  ["a missing key", "{}", []],
  ["an empty body", "", []],
  ["null", '{"result":null}', []],
])("%s is read as a trace (pps-api.md 5)", (_form, text, records) => {
  expect(trace(text)).toEqual(records);
});

test.each([
  ["prose", "nothing"],
  ["a page", "<html></html>"],
  ["cut JSON", '{"result":[{"GUID'],
  ["a foreign object", '{"status":"ok"}'],
  ["a text for the list", '{"result":"none"}'],
  ["a record that is a text", '{"result":["a"]}'],
])("%s in place of a trace is an error", (_form, text) => {
  expect(() => trace(text)).toThrow("PPS answered the trace search with something that is no list of records");
});

test("no answer makes the readers throw anything but an unexpected answer", () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      for (const read of [search, trace]) {
        try {
          read(text);
        } catch (error) {
          if (!isPpsError(error)) throw error;
          expect(error.code).toBe("unexpected");
        }
      }
    }),
  );
});

test.each<[unknown, number | null]>([
  ["5120", 5120],
  [5120, 5120],
  [" 7 ", 7],
  ["0.081532001495361", 0.081532001495361],
  [-1, -1],
  ["", null],
  ["1e3", null],
  ["0x10", null],
  ["12 KB", null],
  [null, null],
  [true, null],
  [undefined, null],
])("%j is read as the number %j", (value, expected) => {
  expect(readNumber(value as never)).toBe(expected);
});

test("recipients may be a list, one text, or missing (pps-api.md 2.4)", () => {
  expect(readTexts(["ann@example.com", null, "", 7])).toEqual(["ann@example.com", "7"]);
  expect(readTexts("ann@example.com")).toEqual(["ann@example.com"]);
  expect(readTexts(null)).toEqual([]);
  expect(readTexts(undefined)).toEqual([]);
});

test("every second from 1970 to 9999 goes to the wire and back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (second) => {
      const time = second * 1000;
      expect(toQuarantineTime(time)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
      expect(readQuarantineTime(toQuarantineTime(time))).toBe(time);
      expect(toTraceTime(time)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
    }),
  );
});

test("slack past the last second that has four digits stays on the wire form", () => {
  expect(toQuarantineTime(253_402_300_800_000)).toBe("9999-12-31 23:59:59");
  expect(toTraceTime(253_402_300_800_000)).toBe("9999-12-31T23:59:59+0000");
});

test.each<[string, string | null]>([
  ["2026-03-04 05:06:07 [UTC-0600]", "2026-03-04T11:06:07.000Z"],
  ["2026-03-04 05:06:07 [UTC+0530]", "2026-03-03T23:36:07.000Z"],
  ["2026-03-04 05:06:07 [UTC+05:30]", "2026-03-03T23:36:07.000Z"],
  ["2026-03-04 05:06:07 [UTC+0000]", "2026-03-04T05:06:07.000Z"],
  ["2026-03-04 05:06:07", "2026-03-04T05:06:07.000Z"],
  ["yesterday", null],
  ["", null],
])("a trace date %j is %j (pps-api.md 5)", (text, expected) => {
  const time = readTraceTime(text);
  expect(time === null ? null : new Date(time).toISOString()).toBe(expected);
});

test.each(["04.03.2026", "2026-03-04", "2026-03-04 05:06", "2026-13-04 05:06:07", "2026-02-30 05:06:07", "", null])(
  "a quarantine date %j cannot be read",
  (value) => {
    expect(readQuarantineTime(value)).toBeNull();
  },
);
