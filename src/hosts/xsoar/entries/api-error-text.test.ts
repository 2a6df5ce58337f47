import { expect, test } from "vitest";
import { describeApiError } from "./api-error-text.ts";

// Golden values: xsoar-platform.md 4, Errors.
test("an answer that is no success is told with its code, its reason and its body", () => {
  expect(describeApiError({ status: 403, reason: "Forbidden", body: "not allowed <here> é" })).toBe(
    "Error in API call [403] - Forbidden\nnot allowed <here> é",
  );
});

test("a JSON body is printed again as Python prints it", () => {
  const body = '{"errors":{"invalidarguments":[{"error":"Müller 😀"}]},\n"status":400}';
  expect(describeApiError({ status: 400, reason: "Bad Request", body })).toBe(
    String.raw`Error in API call [400] - Bad Request
{"errors": {"invalidarguments": [{"error": "M\u00fcller \ud83d\ude00"}]}, "status": 400}`,
  );
});

test("a text of more than 50,000 characters keeps both its halves around the word that it was cut", () => {
  const heading = "Error in API call [500] - E\n";
  const whole = describeApiError({ status: 500, reason: "E", body: "b".repeat(50_000 - heading.length) });
  expect([whole.length, whole.indexOf("truncated")]).toEqual([50_000, -1]);
  const cut = describeApiError({ status: 500, reason: "E", body: `${"a".repeat(40_000)}${"z".repeat(40_000)}` });
  expect(cut.startsWith(`${heading}aaa`)).toBe(true);
  expect(cut.endsWith("zzz")).toBe(true);
  expect(cut.split("...This error body was truncated...").map((half) => half.length)).toEqual([25_000, 25_000]);
});
