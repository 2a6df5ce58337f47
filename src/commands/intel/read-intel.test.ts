import { expect, test } from "vitest";
import { readIntel } from "./read-intel.ts";

const read = (text: string) => readIntel(text, { field: "file" });

/** Kind and value of each, as one text. */
const told = (text: string) => read(text).intel.map(({ kind, value }) => `${kind} ${value}`);

const sha256 = "a".repeat(64);

test("text has one indicator a line, of any kind, defanged or not", () => {
  const text = `# our list

ann@Evil.example
bob[@]evil[.]example # seen twice
<1.A@mail.example>
hxxps[:]//evil[.]example/a?b#c
192.0.2[.]7:443, seen
2001:DB8::1
198.51.100.0/24
${sha256.toUpperCase()}
@shop.example
*.evil.example
evil.example/login
"Ann" <ann@other.example>
`;
  const { intel, skipped, format, isIncomplete } = read(text);
  expect(intel.map(({ kind, value, place }) => [kind, value, place])).toEqual([
    ["sender", "ann@evil.example", "line 3"],
    ["sender", "bob@evil.example", "line 4"],
    ["messageId", "1.A@mail.example", "line 5"],
    ["url", "https://evil.example/a?b#c", "line 6"],
    ["ip", "192.0.2.7", "line 7"],
    ["ip", "2001:db8::1", "line 8"],
    ["ip", "198.51.100.0/24", "line 9"],
    ["hash", sha256, "line 10"],
    ["domain", "shop.example", "line 11"],
    ["domain", "*.evil.example", "line 12"],
    ["url", "evil.example/login", "line 13"],
    ["sender", "ann@other.example", "line 14"],
  ]);
  expect(intel[1]).toMatchObject({ given: "bob[@]evil[.]example", label: "seen twice" });
  expect({ skipped, format, isIncomplete }).toEqual({ skipped: [], format: "text", isIncomplete: false });
});

test("a word in front says what a line's form does not tell", () => {
  const text =
    "subject: Hello, world # 1\nsubject: *overdue*\nrecipient: ann@example.com\nattachment: a, b.exe\nvirus: Eicar\nhost: mx.evil.example\nsender: billing*\nMessage-ID: <1@a.example>\n";
  expect(told(text)).toEqual([
    "subject Hello, world # 1",
    "subject *overdue*",
    "recipient ann@example.com",
    "attachment a, b.exe",
    "virus Eicar",
    "host mx.evil.example",
    "sender billing*",
    "messageId 1@a.example",
  ]);
});

test.each([
  ["foo bar", /no address, domain, IP address/],
  ["localhost", /no address, domain/],
  ["1.2.3", /no address, domain/],
  ["999.1.1.1", /no address, domain/],
  ["ann@@evil.example", /no address/],
  ["sender: *", /no address/],
  ["subject: **", /would match everything/],
  ["sender: a*b@evil.example", /not at its start or end/],
  ["a\ud800@evil.example", /half a character/],
  [`${"(".repeat(80)}evil.example${")".repeat(80)}`, /more brackets and quotes/],
  [`${"a".repeat(5000)}.example`, /too many for an indicator/],
])("the line %j is skipped with its place and the reason", (line, reason) => {
  const { intel, skipped } = read(`ok.example\n${line}\n`);
  expect(intel).toHaveLength(1);
  expect(skipped).toMatchObject([{ place: "line 2", reason: expect.stringMatching(reason) }]);
});

test("CSV is read by the names of its columns, with what it says beside", () => {
  const text = `# exported
Indicator type,Indicator,Description,Confidence,First Seen,Last-Seen,valid_until
email,ann@evil.example,"Case 1, old",High,2026-01-02,2026-02-03T04:05:06.789Z,2026-12-31
FileHash-SHA256,${sha256},,0.4,,,
domain|ip,evil.example|192.0.2.7,,7%,,,
CVE,CVE-2026-1,,,,,
email,nonsense,,,,,
`;
  const { intel, skipped, format } = read(text);
  expect(format).toBe("csv");
  expect(intel).toEqual([
    {
      kind: "sender",
      value: "ann@evil.example",
      given: "ann@evil.example",
      place: "line 3",
      label: "Case 1, old",
      confidence: 85,
      created: Date.UTC(2026, 1, 3, 4, 5, 6),
      validUntil: Date.UTC(2026, 11, 31),
    },
    { kind: "hash", value: sha256, given: sha256, place: "line 4", confidence: 40 },
    { kind: "domain", value: "evil.example", given: "evil.example", place: "line 5", confidence: 7 },
    { kind: "ip", value: "192.0.2.7", given: "192.0.2.7", place: "line 5", confidence: 7 },
  ]);
  expect(skipped).toEqual([
    { place: "line 6", reason: 'is of the type "CVE", which is nothing PPS knows of a message' },
    { place: "line 7", reason: 'holds "nonsense", which is no address' },
  ]);
});

test("a table may have a column for each kind", () => {
  expect(told("sender;subject;url\nann@evil.example;Hello;\n;Bye;hxxp://evil.example/\n")).toEqual([
    "sender ann@evil.example",
    "subject Hello",
    "subject Bye",
    "url http://evil.example/",
  ]);
});

test("MISP's own CSV is read, and what is not for detection is left out", () => {
  const text = `uuid,event_id,category,type,value,comment,to_ids,date
u-1,7,Payload delivery,email-src,ann@evil.example,"seen",1,1767225600
u-2,7,Payload delivery,email-src,victim@example.com,,0,1767225600
u-3,7,Payload delivery,email-src-display-name,Ann,,1,1767225600
`;
  const { intel, skipped } = read(text);
  expect(intel).toMatchObject([{ value: "ann@evil.example", label: "seen", created: Date.UTC(2026, 0, 1) }]);
  expect(skipped).toEqual([
    { place: "line 3", reason: "is not meant for detection (to_ids)" },
    { place: "line 4", reason: "is a display name, which PPS does not search" },
  ]);
});

test("JSON holds texts and objects, under any usual name, or a line each", () => {
  const items = ['"ann@evil.example"', '{"type":"subject","value":"Hello","tags":["a","b"]}', "7"];
  const expected = [
    { kind: "sender", value: "ann@evil.example", place: "item 1" },
    { kind: "subject", value: "Hello", place: "item 2", label: "a, b" },
  ];
  for (const text of [`[${items}]`, `{"indicators":[${items}]}`]) {
    expect(read(text).intel).toMatchObject(expected);
    expect(read(text).skipped).toEqual([{ place: "item 3", reason: "names no indicator" }]);
  }
  const lines = read('{"indicator":"evil.example"}\n\n{"indicator":"b.example","truncated":false}\n');
  expect(lines).toMatchObject({ format: "json", intel: [{ place: "line 1" }, { place: "line 3" }] });
});

test.each([
  ['{"entries":["a.example"],"truncated":true}'],
  ['"a.example"\n'],
  ['{"value":"a.example"}\n{"truncated":true,"notes":["Cut."]}\n'],
  ["entry\na.example\n# This list is not complete. Cut.\n"],
  ["a.example\n# This list is not complete. Cut.\n"],
  ['{"more":true,"objects":[{"type":"domain-name","id":"domain-name--1","value":"a.example"}]}'],
])("%j tells itself whether it is complete", (text) => {
  expect(told(text)).toEqual(["domain a.example"]);
  expect(read(text).isIncomplete).toBe(text !== '"a.example"\n');
});

test.each([
  [" \n", "The file is empty. A list without indicators is written as []."],
  ["PK\u0003\u0004", "The file is a workbook or an archive. Save the list as CSV."],
  ["<!DOCTYPE html>", "The file is a web page or XML. STIX is read from version 2 on, which is JSON."],
  ["<!-- Sign in -->\nadmin@vendor.example", /^The file is a web page or XML/],
  ["\n <title>Sign in</title>\nvendor.example", /^The file is a web page or XML/],
  ['<stix:STIX_Package xmlns="x">', "The file is a web page or XML. STIX is read from version 2 on, which is JSON."],
  ['{"a"', "The file is JSON that breaks off or goes wrong on line 1, character 5."],
  ['{"a":1}\nx', "The file is JSON lines, but line 2 is no JSON."],
  ["name,score\nx,7", /^The file has no column of indicators: of its columns "name, score" none is one of/],
  ['value,note\na.example,"x\n', "The file has a quote on line 2 that is never closed."],
])("%j is refused in one sentence", (text, message) => {
  expect(() => read(text)).toThrow(message);
});

test("nothing in a list is no error", () => {
  expect(read("[]")).toMatchObject({ intel: [], skipped: [] });
  expect(read("# only a remark\n").intel).toEqual([]);
});

test("more rows than are read are refused", () => {
  expect(read("a.example\n".repeat(100_000)).intel).toHaveLength(100_000);
  expect(() => read("a.example\n".repeat(100_001))).toThrow("The file has more than 100000 indicators.");
});

test.each(["<invoice.7@evil.example>", " <ann@evil.example>\nevil.example"])("a list may begin with %j", (text) => {
  expect(read(text).intel[0]).toMatchObject({ place: "line 1" });
});

test.each([
  ["an error's body", { title: "Error", http_status: "500" }],
  ["an object without anything", {}],
  ["a list under a name of its own", { pulses: [{ indicator: "evil.example" }] }],
])("%s is no list that has become empty", (_what, value) => {
  expect(() => readIntel(JSON.stringify(value), { field: "file" })).toThrow(
    "The file is JSON, but no list of indicators.",
  );
});

test.each([
  ["a list", { count: 0, results: [] }],
  ["an answer of MISP", { response: [] }],
])("%s that is empty names nothing", (_what, value) => {
  expect(readIntel(JSON.stringify(value), { field: "file" })).toMatchObject({ intel: [], skipped: [] });
});
