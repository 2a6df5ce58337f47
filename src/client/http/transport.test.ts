import { createServer } from "node:net";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { inAmpleTime } from "../../../test/ample-time.ts";
import { type Answering, makeAuthority, open, startHttp, startHttps } from "../../../test/client/https-server.ts";
import type { Ask } from "../../core/steps.ts";
import type { Authority } from "../../simulator/tls/authority.ts";
import type { PpsOptions } from "../options/options.ts";
import { readSettings } from "../options/settings.ts";
import type { FailureKind } from "./failure.ts";
import { createTransport } from "./transport.ts";

let authority: Authority;
let stranger: Authority;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  [authority, stranger] = await Promise.all([makeAuthority(), makeAuthority()]);
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const search: Ask = { kind: "ask", method: "GET", path: "/quarantine", effect: "read", expect: "text" };
const release: Ask = { ...search, method: "POST", effect: "change", body: { action: "release", localguid: "7:7:105" } };

function client(url: string, options: Partial<PpsOptions> = {}) {
  const settings = readSettings({
    url,
    username: "api-admin",
    password: "correct horse",
    ca: authority.cert,
    ...options,
  });
  const transport = createTransport(settings);
  closing.push(transport.close);
  return transport;
}

async function serve(answer: Answering, wishes = {}) {
  const server = await startHttps(authority, answer, wishes);
  closing.push(server.close);
  return server;
}

test("a request carries Basic credentials in UTF-8, the true host, a user agent and JSON", async () => {
  const server = await serve((_request, response) => response.end("{}"));
  await client(server.url, { password: "pässwörd" }).send(release);
  const [seen] = server.seen;
  expect(seen?.method).toBe("POST");
  expect(seen?.url).toBe("/rest/v1/quarantine");
  expect(seen?.headers.host).toBe(`127.0.0.1:${server.port}`);
  expect(seen?.headers.accept).toBe("application/json");
  expect(seen?.headers["content-type"]).toBe("application/json");
  expect(seen?.headers["user-agent"]).toMatch(/^proofpoint-ps\/\d/);
  expect(Buffer.from(seen?.headers.authorization?.slice(6) ?? "", "base64").toString("utf8")).toBe(
    "api-admin:pässwörd",
  );
  expect(JSON.parse(seen?.body ?? "")).toEqual({ action: "release", localguid: "7:7:105" });
});

test("a password function is asked before every request, so that a changed password takes effect", async () => {
  const server = await serve((_request, response) => response.end("{}"));
  const passwords = ["first-secret", "second-secret"];
  const transport = client(server.url, { password: async () => passwords.shift() ?? "" });
  await transport.send(search);
  await transport.send(search);
  const sent = server.seen.map(({ headers }) =>
    Buffer.from(headers.authorization?.slice(6) ?? "", "base64").toString(),
  );
  expect(sent).toEqual(["api-admin:first-secret", "api-admin:second-secret"]);
});

test("a query is encoded in wire order, with stars and blanks in percent form", async () => {
  const server = await serve((_request, response) => response.end("{}"));
  const query: [string, string][] = [
    ["subject", "*it's (a) 100% + b!*"],
    ["from", "ünï@example.com"],
  ];
  await client(server.url).send({ ...search, query });
  const url = server.seen[0]?.url ?? "";
  expect(url).toBe(
    "/rest/v1/quarantine?subject=%2Ait%27s%20%28a%29%20100%25%20%2B%20b%21%2A&from=%C3%BCn%C3%AF%40example.com",
  );
});

test("an answer keeps its status, lower-case headers, text and request id", async () => {
  const server = await serve((_request, response) => {
    response.writeHead(400, { "X-Request-Id": "abc-1", "Content-Type": "text/plain; charset=iso-8859-1" });
    response.end(Buffer.from("Invalid argument: caf\xe9", "latin1"));
  });
  const { reply } = await client(server.url).send(search);
  expect(reply).toMatchObject({ status: 400, text: "Invalid argument: café", requestId: "abc-1" });
  expect(reply?.headers["content-type"]).toContain("text/plain");
});

test("a downloaded message keeps its bytes and shows its first 512", async () => {
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));
  const server = await serve((_request, response) => response.end(bytes));
  const { reply } = await client(server.url).send({ ...search, expect: "file" });
  expect(reply?.file?.handle).toEqual(bytes);
  expect(reply?.file?.sizeBytes).toBe(1000);
  expect(Buffer.from(reply?.file?.head ?? "", "latin1")).toEqual(bytes.subarray(0, 512));
  expect(reply?.text).toBe("");
});

test("a refused download is read as text", async () => {
  const server = await serve((_request, response) => {
    response.statusCode = 404;
    response.end("no such message");
  });
  const { reply } = await client(server.url).send({ ...search, expect: "file" });
  expect(reply).toMatchObject({ status: 404, text: "no such message" });
  expect(reply?.file).toBeUndefined();
});

test("a redirect is refused and not followed, so that the password reaches no other server", async () => {
  const other = await serve((_request, response) => response.end("{}"));
  const server = await serve((_request, response) => {
    response.writeHead(302, { Location: `${other.url}/login?next=secret` });
    response.end();
  });
  const error = await client(server.url)
    .send(search)
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "unexpected", status: 302 });
  expect(String(error)).toContain(`${other.url}/login.`);
  expect(other.seen).toHaveLength(0);
});

test("a change that was answered with a redirect may have happened", async () => {
  const server = await serve((_request, response) => {
    response.writeHead(303, { Location: "/done" });
    response.end();
  });
  const error = await client(server.url)
    .send({ ...search, method: "POST", effect: "change", body: {} })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "unexpected", status: 303, mayHaveHappened: true });
  expect(server.seen).toHaveLength(1);
});

test("an insecure client talks to a server whose authority it does not know", async () => {
  const server = await startHttps(stranger, (_request, response) => response.end("{}"));
  closing.push(server.close);
  const { reply } = await client(server.url, { insecure: true }).send(search);
  expect(reply?.status).toBe(200);
});

test("http is spoken to a loopback address", async () => {
  const server = await startHttp((_request, response) => response.end("{}"));
  closing.push(server.close);
  expect((await client(server.url, { ca: undefined }).send(search)).reply?.status).toBe(200);
});

test("an aborted call rejects with the signal's reason, before and while it is under way", async () => {
  const stop = new AbortController();
  const server = await serve(() => stop.abort(new Error("enough")));
  const transport = client(server.url);
  await expect(transport.send(search, stop.signal)).rejects.toThrow("enough");
  await expect(transport.send(search, stop.signal)).rejects.toThrow("enough");
  expect(server.seen).toHaveLength(1);
});

test("a change that has left is given a moment to be answered when its call is aborted", async () => {
  const stop = new AbortController();
  const server = await serve((_request, response) => {
    stop.abort(new Error("enough"));
    setImmediate(() => response.end("done"));
  });
  expect((await client(server.url).send(release, stop.signal)).reply?.text).toBe("done");
});

test("when that moment passes without an answer, the change may have happened", async () => {
  const stop = new AbortController();
  const server = await serve(() => stop.abort(new Error("enough")));
  const options = { url: server.url, username: "api-admin", password: "correct horse", ca: authority.cert };
  const transport = createTransport({ ...readSettings(options), graceMs: 50 });
  closing.push(transport.close);
  const { failure } = await transport.send(release, stop.signal);
  expect(failure).toMatchObject({ kind: "cancelled", mayHaveHappened: true });
  await expect(transport.send(release, stop.signal)).rejects.toThrow("enough");
});

describe("a failure says what happened and whether a change may have happened", () => {
  async function failureOf(url: string, options: Partial<PpsOptions> = {}, request: Ask = release) {
    const { failure } = await client(url, options).send(request);
    if (failure === undefined) throw new Error("an answer came");
    return failure;
  }
  async function expectFailure(
    kind: FailureKind,
    sent: boolean,
    sentence: RegExp,
    failure: Awaited<ReturnType<typeof failureOf>>,
  ) {
    expect(failure.kind).toBe(kind);
    expect(failure.mayHaveHappened).toBe(sent);
    expect(failure.error.mayHaveHappened).toBe(sent);
    expect(failure.error.message).toMatch(sentence);
    expect(failure.error.hint).toBeTruthy();
  }

  test("a host that cannot be resolved", async () => {
    const host = `${"a".repeat(64)}.example.com`;
    await expectFailure("unknown-host", false, /No address was found/, await failureOf(`https://${host}:10000`));
  });

  test("a port where nobody listens", async () => {
    const server = await open(createServer(), "https");
    await server.close();
    await expectFailure("connection-refused", false, /refused the connection/, await failureOf(server.url));
  });

  test("a port where nobody listens, on any of a name's addresses", async () => {
    const server = await open(createServer(), "https");
    await server.close();
    const failure = await failureOf(`https://localhost:${server.port}`);
    await expectFailure("connection-refused", false, /^localhost:\d+ refused the connection/, failure);
  });

  test("a certificate of an unknown authority", async () => {
    const server = await startHttps(stranger, (_request, response) => response.end("{}"));
    closing.push(server.close);
    const failure = await failureOf(server.url);
    await expectFailure("tls-unknown-authority", false, /authority that is not trusted/, failure);
    expect(failure.error.hint).toContain("PPS_CA");
    expect(server.seen).toHaveLength(0);
  });

  test("an expired certificate", async () => {
    const server = await serve((_request, response) => response.end("{}"), { notAfter: Date.now() - 86_400_000 });
    await expectFailure("tls-expired", false, /has expired/, await failureOf(server.url));
  });

  test("a certificate for another name", async () => {
    const wishes = { dnsNames: ["elsewhere.example.net"], ipAddresses: [] };
    const server = await serve((_request, response) => response.end("{}"), wishes);
    await expectFailure("tls-wrong-name", false, /another name/, await failureOf(server.url));
  });

  test("a server that speaks no TLS", async () => {
    const server = await startHttp((_request, response) => response.end("{}"));
    closing.push(server.close);
    const failure = await failureOf(server.url.replace("http:", "https:"));
    await expectFailure("tls-not-spoken", false, /does not speak TLS/, failure);
  });

  test("a server that accepts the connection and then stays silent", async () => {
    const server = await open(createServer(), "https");
    closing.push(server.close);
    const failure = await failureOf(server.url, { timeoutMs: 60 });
    await expectFailure("connect-timeout", false, /within 0.06 seconds/, failure);
  });

  test("a server that drops the connection before TLS stands", async () => {
    const server = await open(
      createServer((socket) => socket.destroy()),
      "https",
    );
    closing.push(server.close);
    await expectFailure("connect-reset", false, /before the request was sent/, await failureOf(server.url));
  });

  test("a server that takes the request and does not answer in time", async () => {
    const server = await serve(() => {});
    const failure = await inAmpleTime(
      [750, 5000, 15_000],
      (timeoutMs) => failureOf(server.url, { timeoutMs }),
      () => server.seen.length > 0,
    );
    await expectFailure("timeout", true, /did not answer in full within (0\.75|5|15) seconds/, failure);
    expect(server.seen).toHaveLength(1);
  });

  test("an answer that drips too slowly", async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200);
      response.write("{");
    });
    const failure = await inAmpleTime(
      [750, 5000, 15_000],
      (timeoutMs) => failureOf(server.url, { timeoutMs }),
      () => server.seen.length > 0,
    );
    await expectFailure("timeout", true, /in full/, failure);
  });

  test("a server that takes the request and hangs up", async () => {
    const server = await serve((_request, _response, socket) => socket.destroy());
    await expectFailure("reset", true, /without an answer/, await failureOf(server.url));
  });

  test("an answer shorter than it announced", async () => {
    const server = await serve((_request, response, socket) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write('{"records":');
      setImmediate(() => socket.destroy());
    });
    await expectFailure("cut-short", true, /broke off/, await failureOf(server.url));
  });

  test("a chunked answer without its end", async () => {
    const server = await serve((_request, response, socket) => {
      response.write('{"records":');
      setImmediate(() => socket.destroy());
    });
    await expectFailure("cut-short", true, /broke off/, await failureOf(server.url));
  });

  test("an answer beyond the size limit", async () => {
    const server = await serve((_request, response) => response.end("x".repeat(5000)));
    const failure = await failureOf(server.url, { maxReplyBytes: 1024 });
    await expectFailure("too-large", true, /larger than 1024 bytes/, failure);
    expect(failure.error.code).toBe("unexpected");
  });

  test("an answer that is no HTTP", async () => {
    const server = await serve((_request, _response, socket) => socket.end("+OK POP3 ready\r\n"));
    const failure = await failureOf(server.url);
    await expectFailure("not-http", true, /not HTTP/, failure);
    expect(failure.error.code).toBe("unexpected");
  });
});
