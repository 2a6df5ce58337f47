import { expect, test } from "vitest";
import type { Json } from "../../../core/steps.ts";
import { errorEntry, fileEntry, noteEntry, resultEntry } from "./entry.ts";

// Golden values: key order and values of xsoar-platform.md 4.
test("a result has the keys of the Python integration in its order", () => {
  const contents = { count: 1, records: [{ guid: "g" }] };
  expect(JSON.stringify(resultEntry({ contents, humanReadable: "### T", context: { "P(val.g == obj.g)": [] } }))).toBe(
    '{"Type":1,"ContentsFormat":"json","Contents":{"count":1,"records":[{"guid":"g"}]},"HumanReadable":"### T",' +
      '"EntryContext":{"P(val.g == obj.g)":[]},"IndicatorTimeline":[],"IgnoreAutoExtract":false,"Note":false,"Relationships":[]}',
  );
});

test("what is empty is null, and context nobody gave is an empty object", () => {
  expect(resultEntry({})).toMatchObject({
    ContentsFormat: "json",
    Contents: null,
    HumanReadable: null,
    EntryContext: {},
  });
  expect(noteEntry("No results found.")).toMatchObject({ Type: 1, Contents: null, HumanReadable: "No results found." });
});

test.each<[Json, string]>([
  ["sent", "text"],
  [7, "text"],
  [true, "text"],
  [7.5, "json"],
  [{ count: 0 }, "json"],
  [null, "json"],
])("the raw response %j is shown as %s", (contents, format) => {
  expect(resultEntry({ contents })).toMatchObject({ ContentsFormat: format, Contents: contents });
});

test("an error has a text, and context that is null", () => {
  expect(JSON.stringify(errorEntry("it failed"))).toBe(
    '{"Type":4,"ContentsFormat":"text","Contents":"it failed","EntryContext":null}',
  );
});

test("a file entry says its name in its contents, which may not be empty", () => {
  expect(fileEntry("g4.eml", "7@1")).toEqual({
    Type: 3,
    ContentsFormat: "text",
    Contents: "g4.eml",
    File: "g4.eml",
    FileID: "7@1",
  });
});

test.each([
  ["../../etc/g.eml", "etc_g.eml"],
  ["g/../x.eml", "g_x.eml"],
  ["..\\g.eml", "__g.eml"],
  ["a\u0000b\nc\u202eme.eml", "a_b_c_me.eml"],
  ["....//g.eml", "__g.eml"],
])("the file name %j leads nowhere else: %s", (name, safe) => {
  expect(fileEntry(name, "1")).toMatchObject({ File: safe });
});
