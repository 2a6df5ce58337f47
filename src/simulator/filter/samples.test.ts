import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readSamples } from "../load/samples.ts";
import { createOwnDomains, defaultDomains } from "../smtp/own-domains.ts";
import { createFilters } from "./pipeline.ts";
import { defaultRules } from "./rules.ts";

const samples = ["mail", "campaign"].flatMap((name) => [
  ...readSamples(fileURLToPath(new URL(`../../../samples/${name}`, import.meta.url))),
]);
const filters = createFilters({
  rules: defaultRules(),
  domains: createOwnDomains(defaultDomains),
  lists: { organisation: { inForce: () => [] }, users: { find: () => undefined } },
  precedence: "block",
  now: () => 0,
});
const peer = { ip: "127.0.0.1", host: "localhost", helo: "localhost", tls: "" };

test("there are at least thirty samples, and each says what is expected of it", () => {
  expect(samples.length).toBeGreaterThanOrEqual(30);
  expect(samples.filter((sample) => sample.expect === undefined)).toEqual([]);
});

test.each(samples)(
  "the default rules treat $name as expected: $expect",
  async ({ envelope, raw, expect: expected }) => {
    const arrival = { guid: "g", qid: "q", sid: "s", receivedAt: 0, envelope, peer, raw };
    const { parts } = await filters.examine(arrival);
    expect(parts.map(({ verdict }) => verdict.folder ?? verdict.action)).toEqual([expected]);
  },
);
