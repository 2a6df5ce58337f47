import fc from "fast-check";
import { expect, test } from "vitest";
import { tableToMarkdown } from "./table-markdown.ts";

// Golden values: xsoar-platform.md 4, from the Python integration itself.
test("cells of every kind are written byte by byte as the Python integration writes them", () => {
  const row = {
    GUID: "a|b",
    nothing: null,
    code: "x`y",
    list: ["r1@e.c", "r2@e.c"],
    lines: "l1\r\nl2\nl3\rl4 <b>*_# é 😀",
    object: { k: 1, z: [true, null, "é"] },
  };
  const columns = ["GUID", "nothing", "code", "list", "lines", "object"];
  expect(tableToMarkdown("Title", [row], columns)).toBe(
    [
      "### Title",
      "|GUID|nothing|code|list|lines|object|",
      "|---|---|---|---|---|---|",
      "| a\\|b |  | x\\`y | r1@e.c,<br>r2@e.c | l1<br>l2<br>l3<br>l4 <b>*_# é 😀 | k: 1<br>z: True,<br>None,<br>é |",
      "",
    ].join("\n"),
  );
});

test("the seed's example of a table comes out as the seed prints it", () => {
  const row = {
    date: "2020-01-15 20:00:00",
    folder: "Quarantine",
    from: "john@doe.example",
    host_ip: "[192.0.2.3] [192.0.2.3]",
    rcpts: ["foo@bar.example"],
    size: "6496",
  };
  expect(tableToMarkdown("Proofpoint Protection Server Quarantined Messages", [row])).toBe(
    `### Proofpoint Protection Server Quarantined Messages
|date|folder|from|host_ip|rcpts|size|
|---|---|---|---|---|---|
| 2020-01-15 20:00:00 | Quarantine | john@doe.example | [192.0.2.3] [192.0.2.3] | foo@bar.example | 6496 |
`,
  );
});

test("without rows it says that there are no entries", () => {
  expect(tableToMarkdown("Users", [])).toBe("### Users\n**No entries.**\n");
});

test("columns nobody named are the keys of the first row by code point, and what later rows lack is empty", () => {
  const rows = [
    { b: "1", Z: "2", "\u{10000}": "5", "\uffff": "4", a: "3" },
    { a: "4", c: "not shown" },
  ];
  expect(tableToMarkdown("T", rows)).toBe(
    "### T\n|Z|a|b|\uffff|\u{10000}|\n|---|---|---|---|---|\n| 2 | 3 | 1 | 4 | 5 |\n|  | 4 |  |  |  |\n",
  );
});

test("numbers, booleans and what is nested in objects are JSON, and titles of columns are escaped too", () => {
  const row = {
    "a|b": 5,
    yes: true,
    deep: { o: { t: true, n: null, e: "é" }, s: "raw\nline" },
    list: [{ k: 1 }, false],
  };
  expect(tableToMarkdown("T", [row], Object.keys(row))).toBe(
    '### T\n|a\\|b|yes|deep|list|\n|---|---|---|---|\n| 5 | true | o: {"t": true, "n": null, "e": "é"}<br>s: raw<br>line | {\'k\': 1},<br>False |\n',
  );
});

test("whatever a sender wrote, a row stays one line of as many cells as there are columns", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.array(fc.string({ unit: "binary" })), (subject, rcpts) => {
      const table = tableToMarkdown("T", [{ subject, rcpts, guid: "g" }], ["subject", "rcpts", "guid"]);
      const lines = table.split(/\r\n|\r|\n/);
      expect(lines).toHaveLength(5);
      expect(lines[3]?.match(/(?<!\\)\|/g)).toHaveLength(4);
    }),
  );
});
