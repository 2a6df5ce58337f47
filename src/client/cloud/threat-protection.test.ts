import type { ServerResponse } from "node:http";
import { createServer } from "node:net";
import fc from "fast-check";
import { afterEach, beforeAll, expect, test } from "vitest";
import { type Answering, makeAuthority, open, startHttps, startProxy } from "../../../test/client/https-server.ts";
import type { Ask, Effect } from "../../core/steps.ts";
import type { Authority } from "../../simulator/tls/authority.ts";
import type { PpsOptions } from "../options/options.ts";
import { readSettings } from "../options/settings.ts";
import { createThreatProtection } from "./threat-protection.ts";

let authority: Authority;
let stranger: Authority;
beforeAll(async () => {
  [authority, stranger] = await Promise.all([makeAuthority(), makeAuthority()]);
});

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const tokenAnswer = (response: ServerResponse, token = "token-1", life: object = { expires_in: 3600 }) =>
  response.end(JSON.stringify({ access_token: token, token_type: "Bearer", ...life }));

/** A token server that counts its tokens: token-1, token-2, ... */
function countingTokens(life: object = { expires_in: 3600 }): Answering {
  let count = 0;
  return (_request, response) => tokenAnswer(response, `token-${++count}`, life);
}

async function serve(answer: Answering, by = authority) {
  const server = await startHttps(by, answer);
  closing.push(server.close);
  return server;
}

const fine: Answering = (_request, response) => response.end('{"entries":[]}');

/** A cloud of two servers, and a client whose waits move its clock. */
async function lab(given: { token?: Answering; api?: Answering } & Partial<PpsOptions> = {}) {
  const { token = countingTokens(), api = fine, ...options } = given;
  const [tokens, lists] = await Promise.all([serve(token), serve(api)]);
  const clock = { now: 1_700_000_000_000, waits: [] as number[] };
  const cloud = createThreatProtection(
    readSettings({
      url: "https://pps.example.com",
      username: "api-admin",
      password: "correct horse",
      ca: authority.cert,
      cloudClientId: "id-1",
      cloudClientSecret: "open & sesame",
      cloudUrl: lists.url,
      cloudTokenUrl: `${tokens.url}/v1/token`,
      now: () => clock.now,
      sleep: async (milliseconds) => {
        clock.now += milliseconds;
        clock.waits.push(milliseconds);
      },
      random: () => 0,
      ...options,
    }),
  );
  closing.push(cloud.close);
  const told: string[] = [];
  const call = (effect: Effect = "read", signal = new AbortController().signal) =>
    cloud.ask(requestOf(effect), signal, (text) => told.push(text));
  const attempt = (effect: Effect = "read") => call(effect).catch((error: unknown) => error);
  return { cloud, call, attempt, tokens, lists, clock, told };
}

function requestOf(effect: Effect): Ask {
  return {
    kind: "ask",
    service: "threat-protection",
    method: effect === "read" ? "GET" : "POST",
    path: "/api/v1/emailProtection/modules/spam/orgBlockList",
    query: [["clusterId", "example hosted"]],
    effect,
    expect: "text",
    ...(effect === "read" ? {} : { body: { action: "add", value: "evil.example" } }),
  };
}

const bearers = (seen: { headers: { authorization?: string | undefined } }[]) =>
  seen.map(({ headers }) => headers.authorization);

test("a token is fetched by a form and carried to the API, as its address and path say", async () => {
  const { call, tokens, lists } = await lab();
  expect(await call("change")).toMatchObject({ status: 200, text: '{"entries":[]}' });
  expect(tokens.seen).toMatchObject([
    {
      method: "POST",
      url: "/v1/token",
      body: "grant_type=client_credentials&client_id=id-1&client_secret=open+%26+sesame",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    },
  ]);
  expect(bearers(tokens.seen)).toEqual([undefined]);
  expect(lists.seen).toMatchObject([
    {
      method: "POST",
      url: "/api/v1/emailProtection/modules/spam/orgBlockList?clusterId=example%20hosted",
      body: '{"action":"add","value":"evil.example"}',
      headers: { authorization: "Bearer token-1", host: `127.0.0.1:${lists.port}` },
    },
  ]);
});

test("many requests at once share one token and go out one at a time, in their order", async () => {
  let under = 0;
  let most = 0;
  const { call, tokens, lists } = await lab({
    api: (_request, response) => {
      most = Math.max(most, ++under);
      setImmediate(() => {
        under--;
        response.end("{}");
      });
    },
  });
  await Promise.all([call("read"), call("change"), call("read"), call("change")]);
  expect(most).toBe(1);
  expect(tokens.seen).toHaveLength(1);
  expect(lists.seen.map(({ method }) => method)).toEqual(["GET", "POST", "GET", "POST"]);
});

test.each([
  ["a tenth of a short life before its end", { expires_in: 100 }, 90_000],
  ["a minute before the end of a long one", { expires_in: 7200 }, 7_140_000],
  ["by a life that is written as text", { expires_in: "100" }, 90_000],
  ["as if it were good for an hour when nothing is said", {}, 3_540_000],
  ["as if it were good for an hour when nonsense is said", { expires_in: "soon" }, 3_540_000],
])("a token is renewed %s", async (_name, life, after) => {
  const { call, lists, clock } = await lab({ token: countingTokens(life) });
  const begun = clock.now;
  await call();
  clock.now = begun + after - 1;
  await call();
  clock.now = begun + after;
  await call();
  expect(bearers(lists.seen)).toEqual(["Bearer token-1", "Bearer token-1", "Bearer token-2"]);
});

test("a token without any life serves the call it was fetched for", async () => {
  const { call, lists } = await lab({ token: countingTokens({ expires_in: 0 }) });
  await call();
  await call();
  expect(bearers(lists.seen)).toEqual(["Bearer token-1", "Bearer token-2"]);
});

test("a token that the API refuses is renewed once and the request sent again, a change too", async () => {
  const { call, lists, tokens } = await lab({
    api: (request, response) => {
      if (request.headers.authorization === "Bearer token-1") response.statusCode = 401;
      response.end("{}");
    },
  });
  expect(await call("change")).toMatchObject({ status: 200 });
  expect(await call("change")).toMatchObject({ status: 200 });
  expect(bearers(lists.seen)).toEqual(["Bearer token-1", "Bearer token-2", "Bearer token-2"]);
  expect(tokens.seen).toHaveLength(2);
});

test("an API that refuses every token is asked twice, and its refusal is handed on", async () => {
  const { call, lists } = await lab({
    api: (_request, response) => {
      response.statusCode = 401;
      response.end();
    },
  });
  expect(await call("change")).toMatchObject({ status: 401 });
  expect(lists.seen).toHaveLength(2);
});

test.each([400, 401, 403])(
  "a key that is refused with %i is denied with what to check, and nothing is sent",
  async (status) => {
    const { attempt, tokens, lists } = await lab({
      token: (_request, response) => {
        response.statusCode = status;
        response.end('{"error":"invalid_client"}');
      },
    });
    const error = await attempt("change");
    expect(error).toMatchObject({ code: "denied", status, hint: expect.stringContaining("client secret") });
    expect(String(error)).toMatch(/^PpsError: 127\.0\.0\.1:\d+ refused client id or client secret .*invalid_client$/);
    expect((error as { mayHaveHappened?: boolean }).mayHaveHappened).toBeFalsy();
    expect(tokens.seen).toHaveLength(1);
    expect(lists.seen).toHaveLength(0);
  },
);

test.each<[string, Answering, string]>([
  ["a page", (_request, response) => response.end("<html><title>Sign in</title></html>"), "unexpected"],
  ["nothing", (_request, response) => response.end(), "unexpected"],
  ["another name for it", (_request, response) => response.end('{"accessToken":"hidden"}'), "unexpected"],
  ["a token of two lines", (_request, response) => tokenAnswer(response, "hidden\r\nX-Evil: 1"), "unexpected"],
  ["a list", (_request, response) => response.end('["hidden"]'), "unexpected"],
  ["not found", (_request, response) => response.writeHead(404).end("gone"), "unexpected"],
  ["a fault", (_request, response) => response.writeHead(500).end("broken"), "unexpected"],
  ["too busy", (_request, response) => response.writeHead(503).end(), "busy"],
  ["a redirect", (_request, response) => response.writeHead(302, { Location: "/login" }).end(), "unexpected"],
  ["silence", () => {}, "unreachable"],
  ["a dropped connection", (_request, _response, socket) => socket.destroy(), "unreachable"],
])("a token server that answers with %s has the change surely not sent", async (_name, token, code) => {
  const { attempt, lists } = await lab({ token, retries: 1, timeoutMs: 400 });
  const error = (await attempt("change")) as Error & { mayHaveHappened?: boolean; hint?: string };
  expect(error).toMatchObject({ name: "PpsError", code });
  expect(error.mayHaveHappened).toBeFalsy();
  expect(error.hint).toBeTruthy();
  expect(`${error.message}${error.hint}`).not.toMatch(/hidden|port 10000|on premises/);
  expect(lists.seen).toHaveLength(0);
});

test("a token server that fails for a moment is asked again, also for a change", async () => {
  let asked = 0;
  const { call, lists } = await lab({
    token: (_request, response, socket) => {
      asked++;
      if (asked === 1) socket.destroy();
      else if (asked === 2) response.writeHead(503, { "Retry-After": "7" }).end();
      else tokenAnswer(response);
    },
  });
  expect(await call("change")).toMatchObject({ status: 200 });
  expect(lists.seen).toHaveLength(1);
});

test("never more calls than the rate allows lie in any minute, as the server counts them", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.record({ pause: fc.integer({ min: 0, max: 40_000 }), answer: fc.integer({ min: 0, max: 9000 }) }), {
        minLength: 1,
        maxLength: 12,
      }),
      async (rate, calls) => {
        const times: number[] = [];
        let answer = 0;
        const { call, clock } = await lab({
          cloudCallsPerMinute: rate,
          api: (_request, response) => {
            // The server counts when the request came in; its answer takes a while.
            times.push(clock.now);
            clock.now += answer;
            response.end("{}");
          },
        });
        for (const one of calls) {
          clock.now += one.pause;
          answer = one.answer;
          await call();
        }
        times.forEach((time, index) => {
          const earlier = times[index - rate];
          if (earlier !== undefined) expect(time - earlier).toBeGreaterThanOrEqual(60_000);
        });
        for (const close of closing.splice(0).reverse()) await close();
      },
    ),
    { numRuns: 10 },
  );
});

test("waits for the rate are no longer than needed, and are told", async () => {
  const { call, clock, told } = await lab({ cloudCallsPerMinute: 3 });
  for (let index = 0; index < 7; index++) await call();
  expect(clock.waits).toEqual([60_050, 60_050]);
  expect(told).toEqual([
    "waiting 61 seconds before the next call to Threat Protection",
    "waiting 61 seconds before the next call to Threat Protection",
  ]);
});

test("a call that never reached the API does not count", async () => {
  const gone = await open(createServer(), "https");
  await gone.close();
  const { attempt, clock } = await lab({ cloudCallsPerMinute: 1, cloudUrl: gone.url, retries: 0 });
  expect(await attempt("change")).toMatchObject({ code: "unreachable", mayHaveHappened: false });
  expect(await attempt("change")).toMatchObject({ code: "unreachable" });
  expect(clock.waits).toEqual([]);
});

test("a 429 without a time holds everything back until the window is surely free, and keeps the order", async () => {
  const bodies: string[] = [];
  let refusals = 2;
  const { call, clock } = await lab({
    api: (request, response) => {
      bodies.push(request.method);
      if (refusals-- > 0) response.statusCode = 429;
      response.end("{}");
    },
  });
  const replies = await Promise.all([call("change"), call("read")]);
  expect(replies).toMatchObject([{ status: 200 }, { status: 200 }]);
  expect(bodies).toEqual(["POST", "POST", "POST", "GET"]);
  expect(clock.waits).toEqual([60_000, 60_000]);
});

test("a 429 that asks for a time is heeded up to a minute, and handed on beyond", async () => {
  let asked = "20";
  const { call, clock } = await lab({
    api: (_request, response) => {
      if (asked !== "") response.writeHead(429, { "Retry-After": asked });
      response.end("{}");
      if (asked === "20") asked = "";
    },
  });
  expect(await call("change")).toMatchObject({ status: 200 });
  expect(clock.waits).toEqual([20_000]);
  asked = "61";
  expect(await call("change")).toMatchObject({ status: 429 });
  expect(clock.waits).toEqual([20_000]);
});

test("429s count as tries", async () => {
  const { call, lists } = await lab({
    retries: 2,
    api: (_request, response) => response.writeHead(429).end(),
  });
  expect(await call("change")).toMatchObject({ status: 429 });
  expect(lists.seen).toHaveLength(3);
});

test("a change whose answer is lost is not sent again, a read is", async () => {
  const { attempt, lists } = await lab({ api: (_request, _response, socket) => socket.destroy() });
  expect(await attempt("change")).toMatchObject({ code: "unreachable", mayHaveHappened: true });
  expect(lists.seen).toHaveLength(1);
  expect(await attempt("read")).toMatchObject({ code: "unreachable" });
  expect(lists.seen).toHaveLength(5);
});

test("what is aborted while it waits never leaves, and the others go on", async () => {
  const stop = new AbortController();
  const { call, lists } = await lab({
    cloudCallsPerMinute: 1,
    sleep: async (_milliseconds, signal) => {
      stop.abort(new Error("enough"));
      signal?.throwIfAborted();
    },
  });
  await call();
  const aborted = call("change", stop.signal);
  const other = call("read");
  await expect(aborted).rejects.toThrow("enough");
  await other;
  expect(lists.seen.map(({ method }) => method)).toEqual(["GET", "GET"]);
});

test("a secret function that hangs ends with its call", async () => {
  const stop = new AbortController();
  const { call } = await lab({
    cloudClientSecret: () => {
      setImmediate(() => stop.abort(new Error("enough")));
      return new Promise(() => {});
    },
  });
  await expect(call("read", stop.signal)).rejects.toThrow("enough");
});

test("the certificate of the cloud is checked also when that of PPS is not, before any secret is sent", async () => {
  const wrong = await serve(fine, stranger);
  for (const options of [{ cloudTokenUrl: `${wrong.url}/v1/token` }, { cloudUrl: wrong.url }]) {
    const { attempt } = await lab({ insecure: true, ...options });
    const error = await attempt("change");
    expect(error).toMatchObject({ code: "unreachable", mayHaveHappened: false });
    expect(String(error)).toContain(`127.0.0.1:${wrong.port}`);
    expect((error as { hint?: string }).hint).not.toContain("on premises");
  }
  expect(wrong.seen).toHaveLength(0);
});

test("a redirect of the API is refused, so that the token reaches no other server", async () => {
  const { attempt, lists } = await lab({
    api: (_request, response) => response.writeHead(307, { Location: "/elsewhere" }).end(),
  });
  expect(await attempt("change")).toMatchObject({
    code: "unexpected",
    message: "Threat Protection answered with a redirect (307) to /elsewhere.",
    hint: expect.stringContaining("PPS_CLOUD_URL"),
    mayHaveHappened: true,
  });
  expect(lists.seen).toHaveLength(1);
});

test("the proxy carries both ways", async () => {
  const proxy = await startProxy("walter:tunnel");
  closing.push(proxy.close);
  const { call, tokens, lists } = await lab({ proxy: proxy.url.replace("//", "//walter:tunnel@") });
  await call();
  expect(proxy.tunnels).toEqual([`127.0.0.1:${tokens.port}`, `127.0.0.1:${lists.port}`]);
});

test("without a whole key nothing is sent, and what is missing is told", async () => {
  const { attempt, tokens } = await lab({ cloudClientId: undefined });
  expect(await attempt()).toMatchObject({
    code: "bad_input",
    message: "For Threat Protection the client id (cloudClientId, PPS_CLOUD_CLIENT_ID) must be set.",
  });
  expect(tokens.seen).toHaveLength(0);
});
