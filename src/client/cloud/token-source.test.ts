import { expect, test } from "vitest";
import { answerToken, bearers, countingTokens, useCloudLab } from "../../../test/client/cloud-lab.ts";
import type { Answering } from "../../../test/client/https-server.ts";

const cloud = useCloudLab();

test.each([
  ["a tenth of a short life before its end", { expires_in: 100 }, 90_000],
  ["a minute before the end of a long one", { expires_in: 7200 }, 7_140_000],
  ["by a life that is written as text", { expires_in: "100" }, 90_000],
  ["as if it were good for an hour when nothing is said", {}, 3_540_000],
  ["as if it were good for an hour when nonsense is said", { expires_in: "soon" }, 3_540_000],
])("a token is renewed %s", async (_name, life, after) => {
  const { call, lists, clock } = await cloud.open({ token: countingTokens(life) });
  const begun = clock.now;
  await call();
  clock.now = begun + after - 1;
  await call();
  clock.now = begun + after;
  await call();
  expect(bearers(lists.seen)).toEqual(["Bearer token-1", "Bearer token-1", "Bearer token-2"]);
});

test("a token without any life serves the call it was fetched for", async () => {
  const { call, lists } = await cloud.open({ token: countingTokens({ expires_in: 0 }) });
  await call();
  await call();
  expect(bearers(lists.seen)).toEqual(["Bearer token-1", "Bearer token-2"]);
});

test.each([400, 401, 403])(
  "a key that is refused with %i is denied with what to check, and nothing is sent",
  async (status) => {
    const { attempt, tokens, lists } = await cloud.open({
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

test("a token server that fails for a moment is asked again, also for a change", async () => {
  let asked = 0;
  const { call, lists } = await cloud.open({
    token: (_request, response, socket) => {
      asked++;
      if (asked === 1) socket.destroy();
      else if (asked === 2) response.writeHead(503, { "Retry-After": "7" }).end();
      else answerToken(response);
    },
  });
  expect(await call("change")).toMatchObject({ status: 200 });
  expect(lists.seen).toHaveLength(1);
});

test("a secret function that hangs ends with its call", async () => {
  const stop = new AbortController();
  const { call } = await cloud.open({
    cloudClientSecret: () => {
      setImmediate(() => stop.abort(new Error("enough")));
      return new Promise(() => {});
    },
  });
  await expect(call("read", stop.signal)).rejects.toThrow("enough");
});

test("a token that the API refuses is renewed once and the request sent again, a change too", async () => {
  const { call, lists, tokens } = await cloud.open({
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

test.each<[string, Answering, string, number?]>([
  ["a page", (_request, response) => response.end("<html><title>Sign in</title></html>"), "unexpected"],
  ["nothing", (_request, response) => response.end(), "unexpected"],
  ["another name for it", (_request, response) => response.end('{"accessToken":"hidden"}'), "unexpected"],
  ["a token of two lines", (_request, response) => answerToken(response, "hidden\r\nX-Evil: 1"), "unexpected"],
  ["a list", (_request, response) => response.end('["hidden"]'), "unexpected"],
  ["not found", (_request, response) => response.writeHead(404).end("gone"), "unexpected"],
  ["a fault", (_request, response) => response.writeHead(500).end("broken"), "unexpected"],
  ["too busy", (_request, response) => response.writeHead(503).end(), "busy"],
  ["a redirect", (_request, response) => response.writeHead(302, { Location: "/login" }).end(), "unexpected"],
  // The only one that is waited for to no end.
  ["silence", () => {}, "unreachable", 400],
  ["a dropped connection", (_request, _response, socket) => socket.destroy(), "unreachable"],
])("a token server that answers with %s has the change surely not sent", async (_name, token, code, timeoutMs) => {
  const { attempt, lists } = await cloud.open({ token, retries: 1, ...(timeoutMs && { timeoutMs }) });
  const error = (await attempt("change")) as Error & { mayHaveHappened?: boolean; hint?: string };
  expect(error).toMatchObject({ name: "PpsError", code });
  expect(error.mayHaveHappened).toBeFalsy();
  expect(error.hint).toBeTruthy();
  expect(`${error.message}${error.hint}`).not.toMatch(/hidden|port 10000|on premises/);
  expect(lists.seen).toHaveLength(0);
});
