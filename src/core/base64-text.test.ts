import fc from "fast-check";
import { expect, test } from "vitest";
import { readBase64Text } from "./base64-text.ts";

test("any text is read from either alphabet of base64, padded or not", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("base64", "base64url"),
      fc.boolean(),
      (text, alphabet, padded) => {
        const written = Buffer.from(text).toString(alphabet as BufferEncoding);
        expect(readBase64Text(padded ? written : written.replace(/=+$/, ""))).toBe(text);
      },
    ),
  );
});

test.each(["A", "AA*A", "A A=", "gICA", "7aCA", "====", "QQ===="])("%j is no text in base64", (text) => {
  expect(readBase64Text(text)).toBeUndefined();
});
