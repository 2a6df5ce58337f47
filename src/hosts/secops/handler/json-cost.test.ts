import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../../core/steps.ts";
import { escapedCost, fitJson } from "./json-cost.ts";

/** What the platform makes of a value: Python's JSON, ASCII only, written as a JSON text once more. */
function asSent(value: Json): string {
  return JSON.stringify(
    toPython(value).replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}

function toPython(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(toPython).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${toPython(member)}`);
  return `{${members.join(", ")}}`;
}

test("the cost is never less than what the platform makes of a value", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      expect(escapedCost(value as Json)).toBeGreaterThanOrEqual(asSent(value as Json).length);
    }),
  );
});

test("what fits stays as it is; a list loses its end, and an object its most expensive part", () => {
  const records = Array.from({ length: 10 }, (_, index) => ({ index, text: "x".repeat(100) }));
  expect(fitJson(records)).toEqual({ json: records, isCut: false });
  const cut = fitJson(records, 500);
  expect(cut.isCut).toBe(true);
  expect(cut.json).toEqual(records.slice(0, (cut.json as Json[]).length));
  expect(escapedCost(cut.json)).toBeLessThanOrEqual(500);
  const details = fitJson({ guid: "abc", trace: records, headers: { subject: ["x"] } }, 500);
  expect(details.json).toMatchObject({ guid: "abc", headers: { subject: ["x"] } });
  expect(escapedCost(details.json)).toBeLessThanOrEqual(500);
});
