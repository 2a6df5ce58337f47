import fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64 } from "./base64.ts";
import { encodePairs, encodeValue } from "./uri-text.ts";

// Golden values: xsoar-platform.md 4, Query strings.
test("only letters, digits and _.-~ stay plain, and a blank becomes a plus", () => {
  expect(encodeValue("aZ9_.-~ !'()*@:/+%é😀")).toBe("aZ9_.-~+%21%27%28%29%2A%40%3A%2F%2B%25%C3%A9%F0%9F%98%80");
  expect(
    encodePairs([
      ["a b", "1&2"],
      ["c", ""],
    ]),
  ).toBe("a+b=1%262&c=");
});

test("half a character becomes the replacement character instead of an error", () => {
  expect(encodeValue("a\ud83d!")).toBe("a%EF%BF%BD%21");
});

test("a form reads as it was written, whatever it holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (name, value) => {
      expect([...new URLSearchParams(encodePairs([[name, value]]))]).toEqual([[name, value]]);
    }),
  );
});

test("base64 is that of the text's UTF-8", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(toBase64(text)).toBe(Buffer.from(text).toString("base64"));
    }),
  );
});
