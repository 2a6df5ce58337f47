import { createServer } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bearers, fine, useCloudLab } from "../../../test/client/cloud-lab.ts";
import { makeAuthority, open, startProxy } from "../../../test/client/https-server.ts";

const cloud = useCloudLab();

test("a token is fetched by a form and carried to the API, as its address and path say", async () => {
  const { call, tokens, lists } = await cloud.open();
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
  const { call, tokens, lists } = await cloud.open({
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

test("an API that refuses every token is asked twice, and its refusal is handed on", async () => {
  const { call, lists } = await cloud.open({
    api: (_request, response) => {
      response.statusCode = 401;
      response.end();
    },
  });
  expect(await call("change")).toMatchObject({ status: 401 });
  expect(lists.seen).toHaveLength(2);
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
        const { call, clock } = await cloud.open({
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
        await cloud.closeAll();
      },
    ),
    { numRuns: 10 },
  );
});

test("waits for the rate are no longer than needed, and are told", async () => {
  const { call, clock, told } = await cloud.open({ cloudCallsPerMinute: 3 });
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
  const { attempt, clock } = await cloud.open({ cloudCallsPerMinute: 1, cloudUrl: gone.url, retries: 0 });
  expect(await attempt("change")).toMatchObject({ code: "unreachable", mayHaveHappened: false });
  expect(await attempt("change")).toMatchObject({ code: "unreachable" });
  expect(clock.waits).toEqual([]);
});

test("a 429 without a time holds everything back until the window is surely free, and keeps the order", async () => {
  const bodies: string[] = [];
  let refusals = 2;
  const { call, clock } = await cloud.open({
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
  const { call, clock } = await cloud.open({
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
  const { call, lists } = await cloud.open({
    retries: 2,
    api: (_request, response) => response.writeHead(429).end(),
  });
  expect(await call("change")).toMatchObject({ status: 429 });
  expect(lists.seen).toHaveLength(3);
});

test("a change whose answer is lost is not sent again, a read is", async () => {
  const { attempt, lists } = await cloud.open({ api: (_request, _response, socket) => socket.destroy() });
  expect(await attempt("change")).toMatchObject({ code: "unreachable", mayHaveHappened: true });
  expect(lists.seen).toHaveLength(1);
  expect(await attempt("read")).toMatchObject({ code: "unreachable" });
  expect(lists.seen).toHaveLength(5);
});

test("what is aborted while it waits never leaves, and the others go on", async () => {
  const stop = new AbortController();
  const { call, lists } = await cloud.open({
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

test("the certificate of the cloud is checked also when that of PPS is not, before any secret is sent", async () => {
  const wrong = await cloud.serve(fine, await makeAuthority());
  for (const options of [{ cloudTokenUrl: `${wrong.url}/v1/token` }, { cloudUrl: wrong.url }]) {
    const { attempt } = await cloud.open({ insecure: true, ...options });
    const error = await attempt("change");
    expect(error).toMatchObject({ code: "unreachable", mayHaveHappened: false });
    expect(String(error)).toContain(`127.0.0.1:${wrong.port}`);
    expect((error as { hint?: string }).hint).not.toContain("on premises");
  }
  expect(wrong.seen).toHaveLength(0);
});

test("a redirect of the API is refused, so that the token reaches no other server", async () => {
  const { attempt, lists } = await cloud.open({
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
  cloud.closeLater(proxy.close);
  const { call, tokens, lists } = await cloud.open({ proxy: proxy.url.replace("//", "//walter:tunnel@") });
  await call();
  expect(proxy.tunnels).toEqual([`127.0.0.1:${tokens.port}`, `127.0.0.1:${lists.port}`]);
});

test("without a whole key nothing is sent, and what is missing is told", async () => {
  const { attempt, tokens } = await cloud.open({ cloudClientId: undefined });
  expect(await attempt()).toMatchObject({
    code: "bad_input",
    message: "For Threat Protection the client id (cloudClientId, PPS_CLOUD_CLIENT_ID) must be set.",
  });
  expect(tokens.seen).toHaveLength(0);
});
