import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commands } from "../../src/commands/index.ts";
import type { Command } from "../../src/core/command.ts";
import { routePath } from "../../src/hosts/server/routes/route-path.ts";
import { type Answer, openServerLab, type ServerLab } from "./lab.ts";

const closers: (() => Promise<void>)[] = [];
let lab: ServerLab;

beforeAll(async () => {
  lab = await openServerLab({ limits: { callsPerMinute: 1_000_000 } }, {}, (close) => closers.push(close));
});

afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

const command = fc.constantFrom(...commands);

/** Values of every kind, for the fields there are and for some there are not. */
function bodyFor({ fields }: Command): fc.Arbitrary<unknown> {
  const words = fc.constantFrom(
    "ann@example.com",
    "*",
    "all",
    "7 days",
    "1:1:1",
    "true",
    "Quarantine",
    "[",
    '{"guid":1}',
  );
  const value = fc.oneof(words, fc.string({ unit: "binary" }), fc.array(words), fc.jsonValue({ maxDepth: 4 }));
  return fc.dictionary(fc.constantFrom(...Object.keys(fields), "__proto__", "constructor", "x"), value, { maxKeys: 6 });
}

function expectTold({ status, headers, text, json }: Answer): void {
  expect(status, text).not.toBe(500);
  if (status === 200) return;
  expect(headers["content-type"]).toBe("application/problem+json");
  expect(json()).toMatchObject({ status, code: expect.any(String), detail: expect.any(String) });
}

test("whatever stands in a body, it is carried out or refused as a problem, and is no fault of the server", async () => {
  const call = command.chain((one) => fc.tuple(fc.constant(one), bodyFor(one)));
  await fc.assert(
    fc.asyncProperty(call, async ([one, body]) => {
      const dryRun = one.effect === "read" ? "" : "?dryRun=true";
      expectTold(await lab.post(`${routePath(one.name)}${dryRun}`, JSON.stringify(body)));
    }),
    { numRuns: 300 },
  );
  expect(lab.simulator.journal()).toEqual([]);
});

test("whatever bytes a body is, and whatever a query says, likewise", async () => {
  await fc.assert(
    fc.asyncProperty(command, fc.string({ unit: "binary" }), fc.webQueryParameters(), async (one, text, query) => {
      const path = routePath(one.name);
      expectTold(await lab.post(one.effect === "read" ? path : `${path}?dryRun=true`, text));
      expectTold(await lab.get(`${path}?${query}`));
    }),
    { numRuns: 150 },
  );
});

test("counters have a row for each address there is, and one for all others", async () => {
  await lab.get("/v1/nowhere/one");
  await lab.get("/nowhere/two");
  await lab.post("/v1/system/ping", undefined, { method: "PROPFIND" });
  const { text } = await lab.get("/metrics");
  const known = [...commands.map(({ name }) => routePath(name)), "/metrics", "/healthz", "other"];
  const routes = [...text.matchAll(/^pps_server_requests_total{route="([^"]*)",method="([^"]*)"/gm)];
  expect(routes.filter(([, route]) => !known.includes(route ?? ""))).toEqual([]);
  expect(new Set(routes.map(([, , method]) => method))).toEqual(new Set(["GET", "POST", "other"]));
  expect(text).toMatch(/^pps_server_requests_total{route="other",method="GET",status="404"} 2$/m);
});
