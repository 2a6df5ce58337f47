import { inspect } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answering, startHttp, startProxy, type TestServer } from "../../../test/client/https-server.ts";
import type { Ask } from "../../core/steps.ts";
import { createThreatProtection } from "../cloud/threat-protection.ts";
import { createRedactor } from "../options/credentials.ts";
import { readSettings } from "../options/settings.ts";
import { createPps } from "../pps.ts";

let answer: Answering = () => {};
let server: TestServer;
let proxy: Awaited<ReturnType<typeof startProxy>>;
beforeAll(async () => {
  server = await startHttp((...request) => answer(...request));
  proxy = await startProxy("somebody:else");
});
afterAll(async () => {
  await server.close();
  await proxy.close();
});

/** Servers that fail in every way, each repeating the credentials it was given where it can. */
const failing: Record<string, (authorization: string, password: string) => Answering> = {
  "a refusal that repeats the header": (authorization, password) => (_request, response) => {
    response.statusCode = 400;
    response.end(`Invalid argument: ${authorization} ${password}`);
  },
  "a page that repeats the header": (authorization) => (_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html" });
    response.end(`<html><title>${authorization}</title>`);
  },
  "a JSON refusal": (authorization, password) => (_request, response) => {
    response.statusCode = 422;
    response.end(JSON.stringify({ errors: { group: [{ error: `${authorization} ${password}` }] } }));
  },
  "a redirect that repeats it": (_authorization, password) => (_request, response) => {
    response.writeHead(302, { Location: `https://example.com/${encodeURIComponent(password)}?p=1` });
    response.end();
  },
  "a request id that repeats it": (authorization) => (_request, response) => {
    response.writeHead(500, { "X-Request-Id": authorization });
    response.end();
  },
  "a cut answer": () => (_request, response, socket) => {
    response.write("{");
    setImmediate(() => socket.destroy());
  },
  "a dropped connection": () => (_request, _response, socket) => socket.destroy(),
  "an answer that is no HTTP": (authorization) => (_request, _response, socket) => socket.end(`${authorization}\r\n`),
};

const secrets = fc.string({ unit: "grapheme", minLength: 8, maxLength: 30 }).filter((text) => text.trim().length >= 8);

test.each(Object.keys(failing))("%s leaves no password in the error", async (name) => {
  await fc.assert(
    fc.asyncProperty(secrets, async (password) => {
      const token = Buffer.from(`api-admin:${password}`, "utf8").toString("base64");
      answer = failing[name]?.(`Basic ${token}`, password) ?? answer;
      await using pps = createPps({ url: server.url, username: "api-admin", password, retries: 0 });
      const error = await pps.system.ping().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: "PpsError" });
      const shown = `${inspect(error, { depth: 10, showHidden: true })}${JSON.stringify(error)}${String(error)}`;
      expect(shown).not.toContain(token);
      expect(shown).not.toContain(password);
      expect(shown).not.toContain(encodeURIComponent(password));
    }),
    { numRuns: 25 },
  );
});

/** The cloud, whose two servers each repeat what they were shown where they can. */
const failingCloud: Record<string, (token: string, secret: string) => { token: Answering; api: Answering }> = {
  "a token server that repeats the form": (_token, secret) => ({
    token: (request, response) => response.writeHead(401).end(`${request.body} ${secret}`),
    api: answerNothing,
  }),
  "a token server with a fault page": (_token, secret) => ({
    token: (_request, response) => response.writeHead(500).end(`<html><title>${secret}</title>`),
    api: answerNothing,
  }),
  "a token under another name": (token, secret) => ({
    token: (_request, response) => response.end(JSON.stringify({ accessToken: token, secret })),
    api: answerNothing,
  }),
  "a token server that leads elsewhere": (_token, secret) => ({
    token: (_request, response) =>
      response.writeHead(302, { Location: `https://example.com/${encodeURIComponent(secret)}` }).end(),
    api: answerNothing,
  }),
  "an API that repeats the header": (token, secret) => ({
    token: (_request, response) => response.end(JSON.stringify({ access_token: token })),
    api: (request, response) => response.writeHead(400).end(`${request.headers.authorization} ${secret}`),
  }),
  "an API that names it in JSON": (token) => ({
    token: (_request, response) => response.end(JSON.stringify({ access_token: token })),
    api: (_request, response) => response.end(JSON.stringify({ entries: [], token })),
  }),
  "an API whose request id repeats it": (token) => ({
    token: (_request, response) => response.end(JSON.stringify({ access_token: token })),
    api: (_request, response) => response.writeHead(403, { "X-Request-Id": token }).end(),
  }),
  "an API that drops the connection": (token) => ({
    token: (_request, response) => response.end(JSON.stringify({ access_token: token })),
    api: (_request, _response, socket) => socket.destroy(),
  }),
};

const answerNothing: Answering = (_request, response) => response.end();

const tokens = fc.uint8Array({ minLength: 12, maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString("base64url"));

test.each(Object.keys(failingCloud))(
  "%s leaves neither secret nor token in errors, replies or progress",
  async (name) => {
    await fc.assert(
      fc.asyncProperty(secrets, tokens, async (secret, token) => {
        const cloud = failingCloud[name]?.(token, secret) ?? { token: answerNothing, api: answerNothing };
        answer = (request, ...rest) => (request.url === "/v1/token" ? cloud.token : cloud.api)(request, ...rest);
        const told: string[] = [];
        const warned: string[] = [];
        const settings = readSettings({
          url: server.url,
          username: "api-admin",
          password: "correct horse",
          cloudUrl: server.url,
          cloudTokenUrl: `${server.url}/v1/token`,
          cloudClientId: "id-1",
          cloudClientSecret: secret,
          retries: 0,
          // By a clock of its own, since clients of one key that keep the same time share its rate.
          now: () => Date.now(),
          onWarning: (sentence) => warned.push(sentence),
        });
        const threatProtection = createThreatProtection(settings);
        const request: Ask = { kind: "ask", method: "GET", path: "/lists", effect: "read", expect: "text" };
        const outcome = await threatProtection
          .ask(request, new AbortController().signal, (text) => told.push(text))
          .catch((thrown: unknown) => thrown);
        await threatProtection.close();
        const everything = { outcome, told, warned };
        const shown = `${inspect(everything, { depth: 10, showHidden: true })}${JSON.stringify(everything)}${String(outcome)}`;
        for (const text of [token, secret, encodeURIComponent(secret), formOf(secret)])
          expect(shown).not.toContain(text);
      }),
      { numRuns: 15 },
    );
  },
);

const formOf = (secret: string) => new URLSearchParams([["", secret]]).toString().slice(1);

test("a proxy's password stands in no error", async () => {
  const url = proxy.url.replace("//", "//walter:tunnel-secret@");
  await using pps = createPps({
    url: "https://pps.example.com",
    username: "api-admin",
    password: "correct horse",
    proxy: url,
    retries: 0,
  });
  const error = await pps.system.ping().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "unreachable" });
  const shown = inspect(error, { depth: 10, showHidden: true });
  expect(shown).not.toContain("tunnel-secret");
  expect(shown).not.toContain(Buffer.from("walter:tunnel-secret").toString("base64"));
});

test("whatever text surrounds them, secrets are blotted out in every spelling", () => {
  fc.assert(
    fc.property(fc.string(), secrets, fc.string(), (before, secret, after) => {
      const redact = createRedactor([secret]);
      const spellings = [secret, encodeURIComponent(secret), formOf(secret), JSON.stringify(secret).slice(1, -1)];
      return spellings.every((spelling) => !redact(`${before}${spelling}${after}`).includes(spelling));
    }),
  );
});

test.each(["a&amp;b &lt;c&gt; &quot;d&quot; e&#39;f", "a&amp;b &lt;c&gt; &quot;d&quot; e&#x27;f"])(
  "a page that writes a secret as %s does not tell it",
  (written) => {
    expect(createRedactor([`a&b <c> "d" e'f`])(`<p>${written}</p>`)).toBe("<p>[secret]</p>");
  },
);
