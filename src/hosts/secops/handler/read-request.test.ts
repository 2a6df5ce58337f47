import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EnvelopeError, readRequest } from "./read-request.ts";

const request = {
  version: 1,
  requestId: "0e5a4f7e-3f0c-4a8e-9d63-0c5a4b3e2d1f",
  package: { identifier: "ProofpointProtectionServer", version: "1.0" },
  action: "Ping",
  parameters: { A: "", B: null, C: true, D: 1 },
  config: { "Api Root": "https://pps.example.com:10000" },
  entities: [{ identifier: "Ann@example.com", type: "USERUNIQNAME" }],
  context: { caseId: "1", alertId: null, budgetMs: 60_000 },
};

const read = (changes: object = {}) => readRequest(JSON.stringify({ ...request, ...changes }));

function refusalOf(text: string): EnvelopeError["refusal"] | undefined {
  try {
    readRequest(text);
  } catch (error) {
    if (error instanceof EnvelopeError) return error.refusal;
    throw error;
  }
  return undefined;
}

test("a request is read, and what nobody knows is passed over", () => {
  const { context, ...rest } = read({ more: 1 });
  expect(rest).toMatchObject({ action: "Ping", parameters: request.parameters, entities: request.entities });
  expect(context).toEqual({
    caseId: "1",
    alertId: null,
    environment: null,
    integrationInstance: null,
    workflowInstanceId: null,
    budgetMs: 60_000,
  });
});

test("another version is refused by the versions there are", () => {
  for (const version of [2, "1", null, undefined]) {
    expect(refusalOf(JSON.stringify({ ...request, version }))).toEqual({
      error: "unsupported_version",
      supported: [1],
    });
  }
});

describe("what is no request is refused in one sentence", () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, "x"]));
  test.each<[string, object, RegExp]>([
    ["a request id of another kind", { requestId: "1" }, /requestId is no UUID/],
    ["no package", { package: undefined }, /package is no JSON object/],
    ["a long package version", { package: { identifier: "x", version: "1".repeat(17) } }, /longer than 16/],
    ["no action", { action: "" }, /action is no text/],
    ["too many parameters", { parameters: many(51) }, /more than 50/],
    ["a parameter that is a list", { parameters: { A: ["x"] } }, /neither text, number, boolean nor null/],
    ["a long parameter", { parameters: { A: "ü".repeat(32_769) } }, /more than 64 KiB/],
    ["a long configuration", { config: { A: "x".repeat(16_385) } }, /more than 16 KiB/],
    ["too many entities", { entities: Array(501).fill(request.entities[0]) }, /more than 500/],
    ["an entity without a type", { entities: [{ identifier: "x" }] }, /type of an entity/],
    ["a long entity", { entities: [{ identifier: "x".repeat(2049), type: "DOMAIN" }] }, /longer than 2048/],
    ["no context", { context: null }, /context is no JSON object/],
    ["too little time", { context: { budgetMs: 999 } }, /budgetMs/],
    ["too much time", { context: { budgetMs: 590_001 } }, /budgetMs/],
    ["a long case id", { context: { budgetMs: 1000, caseId: "x".repeat(257) } }, /longer than 256/],
  ])("%s", (_what, changes, message) => {
    const refusal = refusalOf(JSON.stringify({ ...request, ...changes }));
    expect(refusal).toMatchObject({ error: "bad_request", message: expect.stringMatching(message) });
  });
});

test("no body is a fault, and no refusal quotes one", () => {
  const withPassword = `{"config":{"Password":"hunter2"`;
  expect(JSON.stringify(refusalOf(withPassword))).not.toContain("hunter2");
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      expect(refusalOf(text)).toBeDefined();
    }),
  );
});

test("a name that means something to JavaScript is a name", () => {
  const text = JSON.stringify({ ...request, parameters: {} }).replace(
    '"parameters":{}',
    '"parameters":{"__proto__":"x","constructor":"y"}',
  );
  const { parameters } = readRequest(text);
  expect(Object.keys(parameters).sort()).toEqual(["__proto__", "constructor"]);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});
