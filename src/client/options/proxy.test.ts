import { createServer } from "node:net";
import { afterEach, beforeAll, expect, test } from "vitest";
import { makeAuthority, open, startHttps, startProxy } from "../../../test/client/https-server.ts";
import type { Ask } from "../../core/steps.ts";
import type { Authority } from "../../simulator/tls/authority.ts";
import { createTransport } from "../http/transport.ts";
import { readProxy } from "./proxy.ts";
import { readSettings } from "./settings.ts";

const pps = new URL("https://pps.example.com:10000");

test("no proxy is used unless one is asked for", () => {
  expect(readProxy(undefined, pps, { HTTPS_PROXY: "http://proxy.example.com:3128" })).toBeUndefined();
});

test("a proxy may be written without its scheme", () => {
  expect(readProxy("proxy.example.com:3128", pps, {})?.href).toBe("http://proxy.example.com:3128/");
});

test.each([
  ["socks5://proxy.example.com:1080"],
  ["http://"],
  ["http://user:pa ss@:x"],
  ["http://user:100%pa ss@p.example.com"],
])("the proxy %s is refused without repeating what may be a password", (text) => {
  expect(() => readProxy(text, pps, {})).toThrow(expect.objectContaining({ code: "bad_input", field: "proxy" }));
  expect(() => readProxy(text, pps, {})).not.toThrow(/pa ss|pa%20ss/);
});

test.each([
  ["HTTPS_PROXY", { HTTPS_PROXY: "http://one.example.com:1" }, "one.example.com:1"],
  [
    "https_proxy before HTTPS_PROXY",
    { https_proxy: "http://a.example.com:1", HTTPS_PROXY: "http://b.example.com:1" },
    "a.example.com:1",
  ],
  ["nothing for https when only HTTP_PROXY is set", { HTTP_PROXY: "http://one.example.com:1" }, undefined],
])("system follows %s", (_name, environment, host) => {
  expect(readProxy("system", pps, environment)?.host).toBe(host);
});

test.each([
  ["*", true],
  ["pps.example.com", true],
  ["PPS.Example.com", true],
  ["example.com", true],
  [".example.com", true],
  ["*.example.com", true],
  ["other.example.net, example.com", true],
  ["pps.example.com:10000", true],
  ["pps.example.com:443", false],
  ["s.example.com", false],
  ["example.org", false],
  ["", false],
])("NO_PROXY %j exempts pps.example.com:10000: %s", (list, exempt) => {
  const environment = { HTTPS_PROXY: "http://proxy.example.com:3128", NO_PROXY: list };
  expect(readProxy("system", pps, environment) === undefined).toBe(exempt);
});

test("NO_PROXY knows IPv6 addresses with and without a port", () => {
  const local = new URL("https://[::1]:10000");
  const exempt = (list: string) => readProxy("system", local, { HTTPS_PROXY: "http://p.example.com", NO_PROXY: list });
  expect(exempt("::1")).toBeUndefined();
  expect(exempt("[::1]:10000")).toBeUndefined();
  expect(exempt("[::1]:443")).toBeDefined();
});

test.each(["http://proxy.example.com:3128", "system"])(
  "an http address of this machine is not asked for through the proxy %s, which would be told the password",
  (option) => {
    const environment = { HTTP_PROXY: "http://proxy.example.com:3128", HTTPS_PROXY: "http://proxy.example.com:3128" };
    expect(readProxy(option, new URL("http://127.0.0.1:10000"), environment)).toBeUndefined();
  },
);

let authority: Authority;
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  authority = await makeAuthority();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const search: Ask = { kind: "ask", method: "POST", path: "/quarantine", effect: "change", expect: "text", body: {} };

async function behind(proxyUrl: string) {
  const server = await startHttps(authority, (_request, response) => response.end("{}"));
  const transport = createTransport(
    readSettings({
      url: server.url,
      username: "api-admin",
      password: "correct horse",
      ca: authority.cert,
      proxy: proxyUrl,
    }),
  );
  closing.push(server.close, transport.close);
  return { server, transport };
}

test("a request goes through the proxy's tunnel with the true host, TLS checked against PPS itself", async () => {
  const proxy = await startProxy("walter:tunnel-secret");
  closing.push(proxy.close);
  const { server, transport } = await behind(proxy.url.replace("//", "//walter:tunnel-secret@"));
  const { reply } = await transport.send(search);
  expect(reply?.status).toBe(200);
  expect(proxy.tunnels).toEqual([`127.0.0.1:${server.port}`]);
  expect(server.seen[0]?.headers.host).toBe(`127.0.0.1:${server.port}`);
  expect(server.seen[0]?.headers["proxy-authorization"]).toBeUndefined();
});

test("a proxy may be spoken to by TLS, with a certificate of the own authority", async () => {
  const proxy = await startProxy("walter:tunnel-secret", authority);
  closing.push(proxy.close);
  const { transport } = await behind(proxy.url.replace("//127.0.0.1", "//walter:tunnel-secret@localhost"));
  expect((await transport.send(search)).reply?.status).toBe(200);
  expect(proxy.tunnels).toHaveLength(1);
});

test("a proxy whose authority is unknown does not get its password", async () => {
  const proxy = await startProxy("walter:tunnel-secret", await makeAuthority());
  closing.push(proxy.close);
  const { transport } = await behind(proxy.url.replace("//127.0.0.1", "//walter:tunnel-secret@localhost"));
  const { failure } = await transport.send(search);
  expect(failure).toMatchObject({ kind: "tls-unknown-authority", mayHaveHappened: false });
  expect(proxy.tunnels).toEqual([]);
});

test("a proxy that wants other credentials is named as the cause, without the password", async () => {
  const proxy = await startProxy("walter:tunnel-secret");
  closing.push(proxy.close);
  const { transport } = await behind(proxy.url.replace("//", "//walter:wrong-secret@"));
  const { failure } = await transport.send(search);
  expect(failure).toMatchObject({ kind: "proxy-refused", mayHaveHappened: false });
  expect(failure?.error.message).toContain(proxy.url.slice("http://".length));
  expect(failure?.error.message).not.toContain("wrong-secret");
});

test("a proxy that cannot be reached is named, not PPS", async () => {
  const gone = await open(createServer(), "http");
  await gone.close();
  const { transport } = await behind(gone.url);
  const { failure } = await transport.send(search);
  expect(failure).toMatchObject({ kind: "connection-refused", mayHaveHappened: false });
  expect(failure?.error.message).toBe(`The proxy 127.0.0.1:${gone.port} refused the connection.`);
});

test("a proxy that hangs up during the tunnel's start leaves nothing sent", async () => {
  const proxy = await open(
    createServer((socket) => socket.once("data", () => socket.destroy())),
    "http",
  );
  closing.push(proxy.close);
  const { transport } = await behind(proxy.url);
  const { failure } = await transport.send(search);
  expect(failure).toMatchObject({ kind: "proxy-refused", mayHaveHappened: false });
});
