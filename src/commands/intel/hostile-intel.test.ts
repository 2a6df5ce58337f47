import fc from "fast-check";
import { test } from "vitest";
import { isPpsError } from "../../core/errors.ts";
import { readIntel } from "./read-intel.ts";

const read = (text: string) => readIntel(text, { field: "file" });

// Were it quadratic, the test would run out of time.
test("long hostile texts are read in a time that grows with their length only", () => {
  const patterns = ["(", '"', "[.]", "mailto:", "*", "|", "\t# ", "a.", "'", "\\'", "@", "hxxp://", "\n", ","];
  for (const piece of patterns.concat(" ", "-", "\\' ", "a:b ")) {
    // The longest pattern that is read.
    const pattern = `${piece.repeat(Math.floor(99_000 / piece.length))}?`;
    const objects = Array.from({ length: 20 }, () => ({ type: "indicator", id: "indicator--1", pattern }));
    attempt(JSON.stringify({ type: "bundle", objects }));
    const long = piece.repeat(Math.floor(300_000 / piece.length));
    for (const text of [long, `x\n${long}`, `value\n${long}`, JSON.stringify([long])]) attempt(text);
  }
  attempt(`${"[".repeat(500_000)}${"]".repeat(500_000)}`);
  attempt(`["a",${"[".repeat(500_000)}${"]".repeat(500_000)}]`);
});

function attempt(text: string): void {
  try {
    read(text);
  } catch (error) {
    if (!isPpsError(error)) throw error;
  }
}

test("no text makes it throw anything but a PpsError", () => {
  const piece = fc.constantFrom(
    ...[
      '"',
      "'",
      "[",
      "]",
      "{",
      "}",
      ",",
      ":",
      "\n",
      "#",
      "|",
      "type",
      "value",
      "bundle",
      "objects",
      "Event",
      "Attribute",
    ],
    ...[
      "response",
      "indicator",
      "pattern",
      "a.example",
      "ann@evil.example",
      "email-src",
      "1",
      "null",
      "__proto__",
      "constructor",
    ],
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.array(piece).map((pieces) => pieces.join("")),
      ),
      attempt,
    ),
    { numRuns: 2000 },
  );
});

test("no JSON makes it throw anything but a PpsError", () => {
  const key = fc.constantFrom(
    "type",
    "value",
    "id",
    "objects",
    "Event",
    "Attribute",
    "Object",
    "response",
    "hashes",
    "pattern",
  );
  const text = fc.constantFrom(
    "bundle",
    "indicator",
    "file",
    "email-message",
    "indicator--1",
    "toString",
    "email-src|port",
    "",
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constant(null),
      text,
      fc.integer(),
      fc.boolean(),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.oneof(key, fc.string()), tie("value"), { maxKeys: 5 }),
    ),
  }));
  fc.assert(
    fc.property(value, (json) => attempt(JSON.stringify(json))),
    { numRuns: 1000 },
  );
});
