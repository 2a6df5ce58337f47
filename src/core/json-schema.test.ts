import { expect, test } from "vitest";
import { choice, flag, integer, list, text, time } from "./fields.ts";
import { inputSchema, resultSchema } from "./json-schema.ts";

test("every kind of field becomes a described and bounded property", () => {
  const fields = {
    name: text({ description: "A name.", required: true, maxLength: 10, example: "Ann" }),
    since: time({ description: "A start.", default: "24 hours" }),
    limit: integer({ description: "A limit.", min: 1, max: 5, orAll: true, default: "3" }),
    kind: choice({ description: "A kind.", values: ["basic", "details"] }),
    scan: flag({ description: "Scan." }),
    folder: list({ description: "Folders.", separator: "none", maxItems: 2, maxLength: 9, default: "A, B" }),
  };
  expect(inputSchema(fields)).toEqual({
    type: "object",
    properties: {
      name: { type: "string", minLength: 1, maxLength: 10, description: "A name.", examples: ["Ann"] },
      since: { type: "string", minLength: 1, maxLength: 100, description: "A start.", default: "24 hours" },
      limit: {
        anyOf: [{ type: "integer", minimum: 1, maximum: 5 }, { const: "all" }],
        description: "A limit.",
        default: 3,
      },
      kind: { type: "string", enum: ["basic", "details"], description: "A kind." },
      scan: { type: "boolean", description: "Scan." },
      folder: {
        type: "array",
        items: { type: "string", minLength: 1, maxLength: 9 },
        minItems: 1,
        maxItems: 2,
        description: "Folders.",
        default: ["A, B"],
      },
    },
    required: ["name"],
    additionalProperties: false,
  });
});

test("a list's result holds the list under its own name", () => {
  const outputs = [{ name: "receivedAt", type: "time" as const, description: "When." }];
  const properties = { receivedAt: { type: ["string", "null"], format: "date-time", description: "When." } };
  expect(resultSchema({ outputs })).toEqual({ type: "object", properties });
  expect(resultSchema({ outputs, list: "messages" })).toEqual({
    type: "object",
    properties: { messages: { type: "array", items: { type: "object", properties } } },
    required: ["messages"],
  });
});
