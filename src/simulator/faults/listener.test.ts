import type { IncomingHttpHeaders } from "node:http";
import { Agent, request } from "node:https";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createAuthority } from "../tls/authority.ts";
import { openSecureListener, type SecureListener } from "../tls/secure-listener.ts";
import type { Fault } from "./fault.ts";
import { withFaults } from "./listener.ts";
import { createFaultPlan } from "./plan.ts";

const plan = createFaultPlan("listener-test");
const agent = new Agent({ keepAlive: true });
let server: SecureListener;
let ca: string;
let effects: string[] = [];
let onEffect = () => {};

beforeAll(async () => {
  const authority = await createAuthority(Date.now());
  ca = authority.cert;
  const identity = await authority.issue({
    dnsNames: [],
    ipAddresses: ["127.0.0.1"],
    role: "server",
    notBefore: Date.now() - 1000,
    notAfter: Date.now() + 1e7,
  });
  server = await openSecureListener({
    port: 0,
    identity,
    refuses: plan.takeConnection,
    listener: withFaults(async (incoming, response) => {
      effects.push(`${incoming.method} ${await text(incoming)}`);
      onEffect();
      response.setHeader("X-Request-Id", "r1");
      response.writeHead(200, { "Content-Type": "application/json" });
      response.write('{"records":');
      response.end("[1,2,3,4,5,6]}");
    }, plan),
  });
});
afterAll(async () => {
  agent.destroy();
  await server.close();
});
beforeEach(() => {
  plan.clear();
  effects = [];
  onEffect = () => {};
});

interface Outcome {
  status?: number;
  headers?: IncomingHttpHeaders;
  body?: string;
  error?: string;
  milliseconds: number;
}

function call(method: string, body = "", options = {}): Promise<Outcome> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    let received = "";
    let response: { statusCode?: number; headers?: IncomingHttpHeaders } = {};
    const finish = (error?: NodeJS.ErrnoException) =>
      resolve({
        status: response.statusCode,
        headers: response.headers,
        body: received,
        error: error?.code,
        milliseconds: performance.now() - startedAt,
      });
    const outgoing = request(
      { host: "127.0.0.1", port: server.port, ca, agent, path: "/rest/v1/quarantine?from=*", method, ...options },
      (incoming) => {
        response = incoming;
        incoming.setEncoding("utf8");
        incoming.on("data", (chunk) => {
          received += chunk;
        });
        incoming.on("end", () => finish());
        incoming.on("error", finish);
      },
    );
    outgoing.on("error", finish);
    outgoing.end(body);
  });
}

const whole = '{"records":[1,2,3,4,5,6]}';

test("without a fault everything passes through", async () => {
  expect(await call("POST", "hello")).toMatchObject({ status: 200, body: whole });
  expect(effects).toEqual(["POST hello"]);
});

test.each([
  [401, "text/html", /401 Unauthorized/],
  [403, "text/plain", /role/],
  [429, "text/plain", /Too many/],
  [500, "text/plain", /Internal error/],
  [502, "text/html", /502/],
  [503, "text/html", /503/],
  [504, "text/html", /504/],
])("a status fault answers %d without any effect", async (status, type, body) => {
  plan.add({ kind: "status", status });
  const answer = await call("POST", "hello");
  expect(answer).toMatchObject({ status, body: expect.stringMatching(body) });
  expect(answer.headers?.["content-type"]).toContain(type);
  expect(answer.headers?.["retry-after"]).toBeUndefined();
  expect(effects).toEqual([]);
});

test("Retry-After is sent as it was given", async () => {
  plan.add({ kind: "status", status: 503, retryAfter: "7" });
  expect((await call("GET")).headers?.["retry-after"]).toBe("7");
});

test("a login page comes with 200 and without effect", async () => {
  plan.add({ kind: "html" });
  expect(await call("GET")).toMatchObject({ status: 200, body: expect.stringContaining("Sign in") });
  expect(effects).toEqual([]);
});

test("truncated JSON is a complete answer with half the text", async () => {
  plan.add({ kind: "truncated-json" });
  const answer = await call("GET");
  expect(answer).toMatchObject({ status: 200, error: undefined });
  expect(whole.startsWith(answer.body as string)).toBe(true);
  expect(() => JSON.parse(answer.body as string)).toThrow();
  expect(answer.headers?.["x-request-id"]).toBe("r1");
});

test("a cut body ends in the middle of the transfer, after the effect", async () => {
  plan.add({ kind: "cut-body" });
  const answer = await call("POST", "hello");
  expect(answer).toMatchObject({ status: 200, error: "ECONNRESET" });
  expect((answer.body as string).length).toBeLessThan(whole.length);
  expect(effects).toEqual(["POST hello"]);
});

test("a slow body takes its time and arrives whole", async () => {
  plan.add({ kind: "slow-body", milliseconds: 200 });
  const answer = await call("GET");
  expect(answer.body).toBe(whole);
  expect(answer.milliseconds).toBeGreaterThan(150);
});

test("with latency the effect happens although the client stops waiting", async () => {
  plan.add({ kind: "latency", milliseconds: 60_000 });
  const patience = new AbortController();
  onEffect = () => patience.abort();
  const answer = await call("POST", "hello", { signal: patience.signal, agent: undefined });
  expect(answer.error).toBe("ABORT_ERR");
  expect(effects).toEqual(["POST hello"]);
});

test("latency delays the answer and changes nothing in it", async () => {
  plan.add({ kind: "latency", milliseconds: 120 });
  const answer = await call("GET");
  expect(answer.body).toBe(whole);
  expect(answer.milliseconds).toBeGreaterThan(110);
});

test("a reset comes before the effect, a lost answer after it", async () => {
  plan.add({ kind: "reset", count: 1 });
  plan.add({ kind: "lose-answer", count: 1 });
  expect(await call("POST", "first")).toMatchObject({ status: undefined, error: "ECONNRESET" });
  expect(effects).toEqual([]);
  expect(await call("POST", "second")).toMatchObject({ status: undefined, error: "ECONNRESET" });
  expect(effects).toEqual(["POST second"]);
});

test("refused connections never get as far as TLS; kept ones are dropped", async () => {
  await call("GET");
  plan.add({ kind: "refused" });
  expect(await call("GET")).toMatchObject({ error: "ECONNRESET" });
  expect(await call("GET", "", { agent: undefined })).toMatchObject({ error: "ECONNRESET" });
  expect(effects).toHaveLength(1);
  plan.clear();
  expect(await call("GET")).toMatchObject({ status: 200 });
});

test("a fault keeps to its route and to its count", async () => {
  plan.add({ kind: "status", status: 500, route: "POST /quarantine", count: 2 });
  const statuses = [];
  for (const method of ["GET", "POST", "GET", "POST", "POST"]) statuses.push((await call(method)).status);
  expect(statuses).toEqual([200, 500, 200, 500, 200]);
});

test("a fault for one action looks into the body and hands it on whole, also when it is long", async () => {
  plan.add({ kind: "status", status: 500, action: "release" });
  const ids = Array.from({ length: 20_000 }, (_, index) => `id${index}`).join(",");
  const move = JSON.stringify({ localguid: ids, action: "move" });
  const release = JSON.stringify({ localguid: ids, action: "release" });
  expect((await call("POST", move, { headers: { "content-length": Buffer.byteLength(move) } })).status).toBe(200);
  expect((await call("POST", release, { headers: { "content-length": Buffer.byteLength(release) } })).status).toBe(500);
  expect(effects).toEqual([`POST ${move}`]);
});

test("half a chance comes up the same way for the same seed", async () => {
  const run = async () => {
    plan.clear();
    plan.add({ kind: "status", status: 500, probability: 0.5, seed: "dice" } satisfies Fault);
    const statuses = [];
    for (let turn = 0; turn < 20; turn++) statuses.push((await call("GET")).status);
    return statuses;
  };
  const first = await run();
  expect(new Set(first)).toEqual(new Set([200, 500]));
  expect(await run()).toEqual(first);
});
