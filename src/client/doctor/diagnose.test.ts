import { createServer } from "node:net";
import { afterEach, beforeAll, expect, test } from "vitest";
import {
  type Answering,
  type CertificateWishes,
  makeAuthority,
  open,
  startHttp,
  startHttps,
  startProxy,
} from "../../../test/client/https-server.ts";
import type { Authority } from "../../simulator/tls/authority.ts";
import type { PpsOptions } from "../options/options.ts";
import { type DiagnoseOptions, diagnose } from "./diagnose.ts";
import type { Finding } from "./finding.ts";

let authority: Authority;
let stranger: Authority;
beforeAll(async () => {
  [authority, stranger] = await Promise.all([makeAuthority(), makeAuthority()]);
});

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A PPS as far as a doctor asks it: a quarantine without mail, a trace without records, and no user of that name. */
const healthy: Answering = (request, response) => {
  if (request.url.startsWith("/rest/v1/enduser/")) {
    response.statusCode = 404;
    response.end('{"status":404,"errors":{"invalidarguments":[{"error":"User not found"}]}}');
  } else response.end(request.url.startsWith("/rest/v1/pss/") ? '{"result":[]}' : '{"count":0,"records":[]}');
};

async function serve(answer: Answering = healthy, wishes: CertificateWishes = {}, by = authority) {
  const server = await startHttps(by, answer, wishes);
  closing.push(server.close);
  return server;
}

async function examine(options: Partial<PpsOptions>, given: DiagnoseOptions = {}) {
  const findings: Finding[] = [];
  const whole = { url: "", username: "api-admin", password: "correct horse", ca: authority.cert, ...options };
  for await (const finding of diagnose(whole, given)) findings.push(finding);
  return {
    states: Object.fromEntries(findings.map(({ check, state }) => [check, state])),
    of: (check: string) => findings.find((finding) => finding.check === check),
    findings,
  };
}

test("a healthy PPS is found healthy, in the order in which things depend on each other", async () => {
  const server = await serve();
  const { findings } = await examine({ url: server.url });
  expect(findings.map(({ check, state }) => [check, state])).toEqual([
    ["configuration", "ok"],
    ["address", "ok"],
    ["port", "ok"],
    ["certificate", "ok"],
    ["credentials", "ok"],
    ["module Quarantine", "ok"],
    ["module pss", "ok"],
    ["module enduser", "ok"],
    ["clock", "ok"],
    ["Threat Protection", "skipped"],
  ]);
});

test("options that cannot work are found before anything is tried", async () => {
  const { states, of } = await examine({ url: "pps.example.com" });
  expect(states).toMatchObject({ configuration: "fail", address: "skipped", credentials: "skipped" });
  expect(states["Threat Protection"]).toBe("skipped");
  expect(of("configuration")?.found).toContain("https://");
  const broken = { url: "https://127.0.0.1:1", ca: "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----" };
  expect((await examine(broken)).states).toMatchObject({ configuration: "fail", port: "skipped" });
});

test("what was noticed while options were put together is shown", async () => {
  const server = await serve();
  const { of } = await examine({ url: server.url }, { warnings: ["config.yaml can be read by others"] });
  expect(of("configuration")).toMatchObject({ state: "warn", found: "config.yaml can be read by others" });
});

test("a name without an address ends the examination with a fix", async () => {
  const { states, of } = await examine({ url: `https://${"a".repeat(64)}.example.com` });
  expect(states).toMatchObject({ address: "fail", port: "skipped", certificate: "skipped", credentials: "skipped" });
  expect(of("address")?.fix).toContain("spelling");
});

test("a closed port is found, and port 10000 is pointed at", async () => {
  const gone = await open(createServer(), "https");
  await gone.close();
  const { states, of } = await examine({ url: gone.url });
  expect(states).toMatchObject({ port: "fail", certificate: "skipped", credentials: "skipped" });
  expect(of("port")?.fix).toContain("10000");
});

test("a port that does not speak TLS is found", async () => {
  const server = await startHttp(healthy);
  closing.push(server.close);
  const { states, of } = await examine({ url: server.url.replace("http:", "https:") });
  expect(states).toMatchObject({ port: "ok", certificate: "fail", credentials: "skipped" });
  expect(of("certificate")?.found).toContain("does not speak TLS");
});

test("a port that accepts and stays silent is found within the timeout", async () => {
  const server = await open(createServer(), "https");
  closing.push(server.close);
  const { of } = await examine({ url: server.url, timeoutMs: 400 });
  expect(of("certificate")).toMatchObject({ state: "fail" });
});

test("an unknown authority is found with the certificate's own words, and the password is not sent", async () => {
  const server = await serve(healthy, {}, stranger);
  const { states, of } = await examine({ url: server.url });
  expect(states).toMatchObject({ certificate: "fail", credentials: "skipped" });
  expect(of("certificate")?.found).toMatch(
    /not trusted.*for localhost, 127\.0\.0\.1, signed by .*, valid until \d{4}-/,
  );
  expect(of("certificate")?.fix).toContain("PPS_CA");
  expect(server.seen).toEqual([]);
});

test("an expired certificate and one for another name are told apart", async () => {
  const expired = await serve(healthy, { notAfter: Date.now() - 86_400_000 });
  expect((await examine({ url: expired.url })).of("certificate")?.found).toContain("has expired");
  const elsewhere = await serve(healthy, { dnsNames: ["elsewhere.example.net"], ipAddresses: [] });
  const found = (await examine({ url: elsewhere.url })).of("certificate")?.found;
  expect(found).toContain("another name");
  expect(found).toContain("elsewhere.example.net");
});

test("a certificate that soon expires is warned about", async () => {
  const server = await serve(healthy, { notAfter: Date.now() + 10.5 * 86_400_000 });
  const { of, states } = await examine({ url: server.url });
  expect(of("certificate")).toMatchObject({ state: "warn", found: expect.stringContaining("expires in 10 days") });
  expect(states.credentials).toBe("ok");
});

test("insecure is warned about, with and without need", async () => {
  const needed = await serve(healthy, {}, stranger);
  expect((await examine({ url: needed.url, insecure: true })).of("certificate")).toMatchObject({
    state: "warn",
    found: expect.stringContaining("anybody on the way"),
  });
  const needless = await serve();
  expect((await examine({ url: needless.url, insecure: true })).of("certificate")).toMatchObject({
    state: "warn",
    fix: expect.stringContaining("Take insecure away"),
  });
});

test("refused credentials come with the whole way to an API role", async () => {
  const server = await serve((_request, response) => {
    response.writeHead(401, { "Content-Type": "text/html" });
    response.end("<html><title>Login</title></html>");
  });
  const { states, of } = await examine({ url: server.url });
  expect(states).toMatchObject({ credentials: "fail", "module Quarantine": "skipped", "module pss": "skipped" });
  const fix = of("credentials")?.fix ?? "";
  for (const part of [
    "type API",
    "com.proofpoint.admin.apigui.enable=t",
    "filter.cfg",
    "support ticket",
    "single sign-on",
  ]) {
    expect(fix).toContain(part);
  }
  expect(server.seen).toHaveLength(1);
});

test("a role without one module is told from one without the other", async () => {
  for (const [prefix, denied, allowed] of [
    ["/rest/v1/pss/", "module pss", "module Quarantine"],
    ["/rest/v1/quarantine", "module Quarantine", "module pss"],
  ] as const) {
    const server = await serve((request, response, socket) => {
      if (!request.url.startsWith(prefix)) return healthy(request, response, socket);
      response.statusCode = 403;
      response.end("forbidden");
    });
    const { states, of } = await examine({ url: server.url });
    expect(states).toMatchObject({ credentials: "ok", [denied]: "fail", [allowed]: "ok" });
    expect(of(denied)?.fix).toContain("Managed Modules");
  }
});

test("a role without the module for end users is warned about, since most commands go without it", async () => {
  const server = await serve((request, response, socket) => {
    if (!request.url.startsWith("/rest/v1/enduser/")) return healthy(request, response, socket);
    response.statusCode = 403;
    response.end("forbidden");
  });
  const { of } = await examine({ url: server.url });
  expect(of("module enduser")).toMatchObject({
    state: "warn",
    found: expect.stringContaining("Only the commands for end users"),
    fix: expect.stringContaining("Tick enduser under Managed Modules"),
  });
});

test("the cloud API is looked at also where PPS cannot be reached", async () => {
  const gone = await open(createServer(), "https");
  await gone.close();
  const { states, of } = await examine({
    url: gone.url,
    cloudClientId: "id-1",
    cloudClientSecret: "open sesame",
    cloudTokenUrl: `${gone.url}/v1/token`,
  });
  expect(states).toMatchObject({ port: "fail", credentials: "skipped", "Threat Protection lists": "skipped" });
  expect(of("Threat Protection key")).toMatchObject({
    state: "fail",
    code: "unreachable",
    fix: expect.stringContaining("PPS_CLOUD_TOKEN_URL"),
  });
});

test("a login page in place of the API fails the module, not the examination", async () => {
  const server = await serve((_request, response) => response.end("<html><title>Sign in</title></html>"));
  const { of } = await examine({ url: server.url });
  expect(of("credentials")).toMatchObject({ state: "fail", found: expect.stringContaining("Sign in") });
});

// The Date header counts whole seconds.
const now = Math.floor(Date.now() / 1000) * 1000;

/** A healthy PPS whose clock stands still, so that its difference does not grow while a slow machine asks. */
function serveNow() {
  return serve((request, response, socket) => {
    response.setHeader("Date", new Date(now).toUTCString());
    return healthy(request, response, socket);
  });
}

test("a clock a little off is fine, and its difference is told", async () => {
  const server = await serveNow();
  const { of } = await examine({ url: server.url, now: () => now + 30_000 });
  expect(of("clock")).toMatchObject({ state: "ok", found: expect.stringContaining("30 seconds behind") });
});

test("clocks that differ are warned about, with direction and size", async () => {
  const server = await serveNow();
  const behind = await examine({ url: server.url, now: () => now + 300_000 });
  expect(behind.of("clock")).toMatchObject({
    state: "warn",
    found: expect.stringContaining("300 seconds behind"),
  });
  const ahead = await examine({ url: server.url, now: () => now - 300_000 });
  expect(ahead.of("clock")?.found).toContain("300 seconds ahead of");
});

test("a proxy is examined in place of the direct way", async () => {
  const server = await serve();
  const proxy = await startProxy("walter:tunnel-secret");
  closing.push(proxy.close);
  const good = await examine({ url: server.url, proxy: proxy.url.replace("//", "//walter:tunnel-secret@") });
  expect(good.states).toMatchObject({ port: "ok", certificate: "ok", credentials: "ok" });
  const bad = await examine({ url: server.url, proxy: proxy.url.replace("//", "//walter:other-secret@") });
  expect(bad.of("port")).toMatchObject({ state: "fail", found: expect.stringContaining("did not let the connection") });
  expect(JSON.stringify([...good.findings, ...bad.findings])).not.toMatch(/tunnel-secret|other-secret/);
});

test("a proxy that is spoken to by TLS is examined the same way", async () => {
  const server = await serve();
  const proxy = await startProxy("walter:tunnel-secret", authority);
  closing.push(proxy.close);
  const { states } = await examine({
    url: server.url,
    proxy: proxy.url.replace("//127.0.0.1", "//walter:tunnel-secret@localhost"),
  });
  expect(states).toMatchObject({ port: "ok", certificate: "ok", credentials: "ok" });
});

test("no finding shows the password", async () => {
  const server = await serve((request, response) => {
    response.statusCode = 400;
    response.end(`Invalid argument: ${request.headers.authorization} correct horse`);
  });
  const { findings } = await examine({ url: server.url });
  const shown = JSON.stringify(findings);
  expect(shown).not.toContain("correct horse");
  expect(shown).not.toContain(Buffer.from("api-admin:correct horse").toString("base64"));
});

test("an abort ends the examination", async () => {
  const stop = new AbortController();
  const server = await serve(() => stop.abort(new Error("enough")));
  await expect(examine({ url: server.url }, { signal: stop.signal })).rejects.toThrow("enough");
});
