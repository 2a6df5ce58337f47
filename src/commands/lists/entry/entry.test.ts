import fc from "fast-check";
import { expect, test } from "vitest";
import { createMailSystem } from "../../../../test/model/mail-system.ts";
import { isPpsError, type PpsError } from "../../../core/errors.ts";
import { run } from "../../../core/run.ts";
import { type Entry, type EntryReading, readEntries, tryReadEntries } from "./entry.ts";

function tryRead(text: string): EntryReading {
  return run(tryReadEntries([text]), createMailSystem())[0] as EntryReading;
}

function read(...texts: string[]): Entry[] {
  return run(readEntries(texts, { field: "entries" }), createMailSystem());
}

function readOne(text: string): Entry {
  return read(text)[0] as Entry;
}

test("an entry knows its parts", () => {
  expect(readOne("Ann@Mail.Evil.Example")).toMatchObject({
    local: "ann",
    domain: { ascii: "mail.evil.example", isPublicSuffix: false },
  });
  expect(readOne("198.51.100.0/24").ip).toEqual({ version: 4, address: "198.51.100.0", prefix: 24 });
  expect(readOne("198.51.100.7/32").ip).toEqual({ version: 4, address: "198.51.100.7" });
});

test("a web address says that its host alone counts", () => {
  expect(readOne("hxxp://evil.example/path").note).toBe("Of the web address only the host counts: @evil.example.");
});

test("a name that shows in other letters than it is sent in says so", () => {
  // A Cyrillic letter that looks like an a.
  expect(readOne("p\u0430y.example").note).toBe("@xn--py-7kc.example shows as p\u0430y.example.");
  expect(readOne("xn--mnchen-3ya.example").note).toBe("@xn--mnchen-3ya.example shows as m\u00fcnchen.example.");
  expect(readOne("evil.example")).not.toHaveProperty("note");
});

test("different spellings of one entry are one entry, where the first of them stands", () => {
  expect(read("b.example", "EVIL[.]example", "@evil.example", "hxxp://evil.example", "b.example.")).toMatchObject([
    { text: "@b.example", given: "b.example" },
    { text: "@evil.example", given: "EVIL[.]example" },
  ]);
});

test("one error names what is refused, and where it stands", () => {
  const texts = ["evil.example", "evil", "a b.example"];
  const placeOf = (index: number) => `line ${index + 1} of the file`;
  expect(() => run(readEntries(texts, { field: "file", placeOf }), createMailSystem())).toThrow(
    expect.objectContaining({
      code: "bad_input",
      field: "file",
      message:
        'line 2 of the file: "evil" has no dot in its domain: write the domain in full. line 3 of the file: "a b.example" holds a blank.',
    }) as Error,
  );
});

test("of many that are refused five are shown and the rest are counted", () => {
  expect(() => read("a", "b", "c", "d", "e", "f", "g")).toThrow(/"e" has no dot.*There are 2 more of these\.$/);
  expect(() => read("a", "b", "c", "d", "e", "f", "g")).not.toThrow(/"f"/);
});

test("reading for removal keeps each text's place, refused or not", () => {
  const readings = run(tryReadEntries(["evil", "198.51.100.0/24", "x y", "evil.example"]), createMailSystem());
  expect(readings.map((reading) => ("entry" in reading ? reading.entry.text : "refused"))).toEqual([
    "refused",
    "198.51.100.0/24",
    "refused",
    "@evil.example",
  ]);
});

const label = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const domain = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.constantFrom("example", "test"))
  .map(([labels, top]) => [...labels, top].join("."));
const local = fc.stringMatching(/^[a-z0-9!#$%&'+/=?^_`|~-]{1,20}$/);
const address = fc.tuple(local, domain).map((parts) => parts.join("@"));
const ip = fc.oneof(fc.ipV4(), fc.ipV6());
const writable = fc.oneof(
  address,
  domain,
  ip,
  domain.map((name) => `*.${name}`),
  fc.ipV4().map((first) => `${first}/32`),
);

// Every sign that the reader acts on, so that random texts reach all of it.
const signs = [
  "@",
  ".",
  "*",
  "<",
  ">",
  '"',
  "\\",
  "[",
  "]",
  "(",
  ")",
  "{",
  "}",
  ",",
  ";",
  ":",
  "/",
  "?",
  "%",
  "-",
  " ",
  "\t",
  "a",
  "\u00dc",
  "\u0130",
  "1",
  "0",
  "255",
  "192.0.2.",
  "2001:db8::",
  "example",
  "mailto:",
  "hxxp://",
  "[.]",
  "(at)",
  "dot",
  "xn--",
  "\u3002",
  "\uff20",
  "\uff0e",
  "\u200b",
  "\ud800",
  "\u0000",
  "%40",
];
const anything = fc.oneof(
  fc.array(fc.constantFrom(...signs), { maxLength: 12 }).map((parts) => parts.join("")),
  fc.tuple(fc.constantFrom(...signs), writable, fc.constantFrom(...signs)).map((parts) => parts.join("")),
  fc.string({ unit: "binary" }),
);

test("what was understood is understood the same again", () => {
  fc.assert(
    fc.property(fc.oneof(writable, anything), (text) => {
      const reading = tryRead(text);
      if (!("entry" in reading)) return;
      const { given, note, ...entry } = reading.entry;
      expect(readOne(entry.text)).toMatchObject(entry);
    }),
    { numRuns: 2000 },
  );
});

test("whatever is written, it is understood or refused in one line that can be printed", () => {
  fc.assert(
    fc.property(anything, (text) => {
      try {
        for (const entry of read(text)) expect(entry.text).toMatch(/^[^\p{Cc}\p{Cs}]+$/u);
      } catch (error) {
        expect(isPpsError(error)).toBe(true);
        expect((error as PpsError).code).toBe("bad_input");
        expect((error as PpsError).message).toMatch(/^"[^\p{Cc}\p{Cs}]*[.?]$/u);
      }
    }),
    { numRuns: 2000 },
  );
});

test("a defanged entry means what it meant before", () => {
  const dot = fc.constantFrom("[.]", "(.)", "{.}", "[dot]", "(DOT)", " [.] ", " {dot} ");
  const at = fc.constantFrom("[@]", "(at)", " [at] ", "{AT}");
  fc.assert(
    fc.property(fc.oneof(address, domain, fc.ipV4()), dot, at, (text, dotSign, atSign) => {
      const name = text.lastIndexOf("@") + 1;
      const defanged = text.slice(0, name).replace("@", atSign) + text.slice(name).replaceAll(".", dotSign);
      expect(readOne(defanged).text).toBe(readOne(text).text);
    }),
  );
});

test("however often and however written, each entry is read once", () => {
  const dress = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => ` ${text}.`,
    (text) => text.toUpperCase(),
    (text) => `<${text}>`,
    (text) => `'${text}',`,
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(writable, fc.array(dress, { minLength: 1, maxLength: 3 })), { maxLength: 8 }),
      (all) => {
        const texts = all.flatMap(([text, dresses]) => dresses.map((put) => put(text)));
        const once = read(...all.map(([text]) => text)).map(({ text }) => text);
        expect(read(...texts).map(({ text }) => text)).toEqual(once);
        expect(new Set(once).size).toBe(once.length);
      },
    ),
  );
});
