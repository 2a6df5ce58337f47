import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeQuery } from "./query.ts";

test("no query is no question mark", () => {
  expect(encodeQuery(undefined)).toBe("");
  expect(encodeQuery([])).toBe("");
});

test("every query comes back as it was, in order, and holds safe characters alone", () => {
  const text = fc.string({ unit: "grapheme" });
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (query) => {
      const encoded = encodeQuery(query);
      expect(encoded).toMatch(/^\?[A-Za-z0-9\-._~%=&]*$/);
      expect([...new URLSearchParams(encoded)]).toEqual(query);
    }),
  );
});

test("half a surrogate pair is replaced, not refused", () => {
  expect(encodeQuery([["subject", "a\ud800b"]])).toBe("?subject=a%EF%BF%BDb");
});
