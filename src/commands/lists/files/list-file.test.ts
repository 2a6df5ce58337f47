import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine } from "../../../hosts/cli/output/csv.ts";
import { safeJson, visibleText } from "../../../text/visible-text.ts";
import { type ListFile, readListFile } from "./list-file.ts";

function read(text: string): ListFile {
  return readListFile(text, { field: "file" });
}

const full = {
  entry: "@evil.example",
  attribute: "sender",
  operator: "contain",
  comment: "Case 4711",
  date: "2026-11-21",
};

test.each([
  ["texts in JSON", '["@evil.example", " 192.0.2.7 "]', [{ entry: "@evil.example" }, { entry: "192.0.2.7" }], "item"],
  [
    "objects in JSON",
    JSON.stringify([full, { Sender: "b.example", Note: 7 }]),
    [full, { entry: "b.example", comment: "7" }],
    "item",
  ],
  ["a listing in JSON", JSON.stringify({ entries: [{ list: "blocklist", ...full }], notes: [] }), [full], "item"],
  ["one object in JSON", JSON.stringify(full, undefined, 2), [full], "item"],
  [
    "both spellings of an entry in JSON",
    '[{"value":"evil.example","entry":"*.evil.example","user":"ann@example.com"}]',
    [{ entry: "*.evil.example" }],
    "item",
  ],
  ["no entries in JSON", " [ ] ", [], "item"],
])("%s are read", (_what, text, rows, what) => {
  const places = rows.map((row, index) => ({ ...row, place: `${what} ${index + 1}` }));
  expect(read(text)).toEqual({ rows: places, isIncomplete: false });
});

test("JSON lines are read, and a last line that says the list was cut is believed", () => {
  const lines = `${JSON.stringify({ list: "blocklist", ...full })}\r\n\r\n"b.example"\r\n`;
  const rows = [
    { ...full, place: "line 1" },
    { entry: "b.example", place: "line 3" },
  ];
  expect(read(lines)).toEqual({ rows, isIncomplete: false });
  expect(read(`${lines}{"truncated":true,"notes":["Cut."]}\n`)).toEqual({ rows, isIncomplete: true });
  expect(read('{"truncated":true}')).toEqual({ rows: [], isIncomplete: true });
});

test.each([
  ['{"entries":["a.example"],"truncated":true}'],
  ['{"entries":["a.example"],"failed":true}'],
  ["entry\r\na.example\r\n# This list is not complete.\r\n"],
  ['entry,comment\na.example,x\n"# This list is not complete. One, two."\n'],
  ["a.example\n# This list is not complete. Cut.\n"],
])("%j says of itself that it is not complete", (text) => {
  const { rows, isIncomplete } = read(text);
  expect(rows.map(({ entry }) => entry)).toEqual(["a.example"]);
  expect(isIncomplete).toBe(true);
});

test.each([
  ["commas", "entry,attribute,operator,comment,date\n@evil.example,sender,contain,Case 4711,2026-11-21\n"],
  ["semicolons", "Entry;Attribute;Operator;Note;Added\r\n@evil.example;sender;contain;Case 4711;2026-11-21"],
  ["tabs", "OPERATOR\tValue\tReason\tCreated\tAttribute\ncontain\t@evil.example\tCase 4711\t2026-11-21\tsender\n"],
  [
    "a byte order mark and quotes",
    '\ufeff"entry","attribute","operator","description","date_added"\n"@evil.example","sender","contain","Case 4711","2026-11-21"',
  ],
  [
    "a guard against formulas",
    "entry,attribute,operator,comment,date\n'@evil.example,sender,contain,Case 4711,2026-11-21\n",
  ],
])("CSV with a header is read by the names of its columns: %s", (_what, text) => {
  expect(read(text)).toEqual({ rows: [{ ...full, place: "line 2" }], isIncomplete: false });
});

test.each([
  "entry",
  "VALUE",
  "Sender",
  "address",
  "E-Mail",
  "domain",
  "IP",
  "indicator",
  "Sender Address",
  "ip_address",
])("a column %s holds the entries", (name) => {
  expect(read(`id,${name}\n7,evil.example`).rows).toEqual([{ entry: "evil.example", place: "line 2" }]);
  expect(read(`${name}\nevil.example`).rows).toEqual([{ entry: "evil.example", place: "line 2" }]);
});

test("PPS's own spellings stay as they are", () => {
  expect(read("value,attribute,operator\nx.example,$hfrom,not_equal").rows).toEqual([
    { entry: "x.example", attribute: "$hfrom", operator: "not_equal", place: "line 2" },
  ]);
});

test("rows of CSV know their lines, whatever stands between", () => {
  const text = '# exported\n\nentry,comment\n# a remark\na.example,"two\r\nlines"\n,\nb.example,#4711\n';
  expect(read(text).rows).toEqual([
    { entry: "a.example", comment: "two\r\nlines", place: "line 5" },
    { entry: "b.example", comment: "#4711", place: "line 8" },
  ]);
});

test("a number sign in front of a row with an entry is no remark", () => {
  expect(read("comment,entry\n#4711,a.example\n").rows).toEqual([
    { entry: "a.example", comment: "#4711", place: "line 2" },
  ]);
});

test("text is read one entry a line", () => {
  const text =
    '# our list\n\nann@evil.example\r\n  evil.example;\n\'@b.example, seen twice\n192.0.2.7 # scanner\n*.c.example\t2026\n"Doe, Ann" <ann@d.example>\n[2001:db8::1]\n';
  expect(read(text)).toEqual({
    rows: [
      { entry: "ann@evil.example", place: "line 3" },
      { entry: "evil.example", place: "line 4" },
      { entry: "@b.example", place: "line 5" },
      { entry: "192.0.2.7", comment: "scanner", place: "line 6" },
      { entry: "*.c.example", place: "line 7" },
      { entry: '"Doe, Ann" <ann@d.example>', place: "line 8" },
      { entry: "[2001:db8::1]", place: "line 9" },
    ],
    isIncomplete: false,
  });
});

test("a first line of one word is an entry, right or not", () => {
  expect(read("localhost\nevil.example").rows.map(({ entry }) => entry)).toEqual(["localhost", "evil.example"]);
});

test("a hundred thousand entries are read", () => {
  expect(read("a.example\n".repeat(100_000)).rows).toHaveLength(100_000);
});

test("addresses in brackets are no JSON", () => {
  expect(read("[2001:db8::1]\n[192.0.2.7]").rows.map(({ entry }) => entry)).toEqual(["[2001:db8::1]", "[192.0.2.7]"]);
});

test.each([
  ["an empty file", " \r\n", "The file is empty. A list without entries is written as []."],
  ["a workbook", "PK\u0003\u0004rest", "The file is a workbook or an archive. Save the list as CSV."],
  ["a picture", "\u0089PNG\r\n\u001a\n\u0000", "The file is no text in UTF-8. Save the list as CSV or text."],
  ["a login page", "\n<!DOCTYPE html><html>", "The file is a web page or XML, no list."],
  [
    "columns without entries",
    "name,score\nx,7",
    'The file has no column of entries: of its columns "name, score" none is one of entry, value, sender, address, email, domain, ip, indicator.',
  ],
  ["a row without its entry", "entry,comment\na.example,\n,lost\n", "The file has no entry on line 3."],
  [
    "a quote that stays open",
    'entry,comment\na.example,"x\nb.example,y\n',
    "The file has a quote on line 2 that is never closed.",
  ],
  [
    "JSON that goes wrong",
    '["a.example",\n "b.example" "c.example"]',
    "The file is JSON that breaks off or goes wrong on line 2, character 14.",
  ],
  [
    "JSON that breaks off",
    '{"entries":["a.example"',
    "The file is JSON that breaks off or goes wrong on line 1, character 24.",
  ],
  [
    "JSON lines with another line",
    '{"entry":"a.example"}\nb.example\n',
    "The file is JSON lines, but line 2 is no JSON.",
  ],
  [
    "a JSON item without an entry",
    '["a.example",{"comment":"x"}]',
    "The file has no entry in item 2, which is neither a text nor an object with one of entry, value, sender, address, email, domain, ip, indicator.",
  ],
  [
    "a blank text in JSON",
    '["a.example"," "]',
    "The file has no entry in item 2, which is neither a text nor an object with one of entry, value, sender, address, email, domain, ip, indicator.",
  ],
  [
    "a number as an entry in JSON",
    '[{"entry":7}]',
    "The file has no entry in item 1, which is neither a text nor an object with one of entry, value, sender, address, email, domain, ip, indicator.",
  ],
  ["too many rows", "a.example\n".repeat(100_001), "The file has 100001 entries; at most 100000 are read."],
])("%s is refused", (_what, text, message) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: "bad_input", message, field: "file" }) as Error);
});

test("odd names of JSON and CSV are no entries", () => {
  expect(read('[{"__proto__":"x.example","":"y.example","undefined":"z","entry":"a.example"}]').rows).toEqual([
    { entry: "a.example", place: "item 1" },
  ]);
  expect(read("entry,constructor,\na.example,b,c").rows).toEqual([{ entry: "a.example", place: "line 2" }]);
});

/** What our CSV can say so that it comes back: it escapes what nobody sees, and puts an apostrophe before formulas. */
const cell = fc
  .oneof(
    fc.string({ unit: "grapheme" }),
    fc
      .array(fc.constantFrom("@", "=", "+", "-", "'", '"', ";", ",", " ", "a", "\uff1d", ".example"), { maxLength: 8 })
      .map((parts) => parts.join("")),
  )
  .map((text) => text.trim())
  .filter((text) => visibleText(text) === text && !/^'[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text))
  .filter((text) => !/;[\s"]*'[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text));

const row = fc.record({
  entry: cell.filter((text) => text !== "" && !text.startsWith("#")),
  attribute: fc.constantFrom("sender", "$from", ""),
  operator: fc.constantFrom("contain", "not_equal", ""),
  comment: cell,
  date: fc.constantFrom("2026-11-21", ""),
});

test("what our CSV prints is read back as it was", () => {
  fc.assert(
    fc.property(fc.array(row), fc.boolean(), (rows, cut) => {
      const columns = ["entry", "attribute", "operator", "comment", "date"] as const;
      const lines = rows.map((each) => csvLine(columns.map((name) => each[name])));
      const mark = cut ? csvLine(["# This list is not complete. Cut, as asked."]) : "";
      const file = read(csvLine(columns) + lines.join("") + mark);
      expect(file.rows.map(({ place, ...rest }) => rest)).toEqual(rows.map(withoutBlanks));
      expect(file.isIncomplete).toBe(cut);
    }),
  );
});

test("what our JSON and JSON lines print is read back as it was", () => {
  fc.assert(
    fc.property(fc.array(row), fc.boolean(), (rows, truncated) => {
      const json = read(safeJson({ entries: rows, truncated }, 2));
      expect(json.rows.map(({ place, ...rest }) => rest)).toEqual(rows.map(withoutBlanks));
      expect(json.isIncomplete).toBe(truncated);
      const mark = truncated || rows.length === 0 ? [safeJson({ truncated: true })] : [];
      const lines = read([...rows.map((each) => safeJson(each)), ...mark].join("\n"));
      expect(lines.rows.map(({ place, ...rest }) => rest)).toEqual(rows.map(withoutBlanks));
    }),
  );
});

test("whatever the file, it is read or refused in one line", () => {
  const piece = fc.constantFrom(
    "entry",
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    '"',
    "'",
    "#",
    "{",
    "}",
    "[",
    "]",
    ":",
    '"a.example"',
    "a.example",
    "@",
    " ",
    "\u0000",
    "\ufeff",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      try {
        for (const { entry } of read(pieces.join("")).rows) expect(entry).toBe(entry.trim());
      } catch (error) {
        expect(error).toMatchObject({
          code: "bad_input",
          message: expect.stringMatching(/^The file [^\n]+\.$/) as string,
        });
      }
    }),
    { numRuns: 1000 },
  );
});

function withoutBlanks(row: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).filter(([, text]) => text !== ""));
}

test("a line of very many blanks is read in no time", () => {
  const line = `evil.example${" ".repeat(1_000_000)}`;
  expect(readListFile(`${line}#  Phish\n${line}x\n`, { field: "file" }).rows).toEqual([
    { entry: "evil.example", comment: "Phish", place: "line 1" },
    { entry: `${line}x`, place: "line 2" },
  ]);
});
