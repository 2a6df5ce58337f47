import { readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { connect } from "node:tls";
import { Agent, request as plainRequest } from "undici";
import { expect, onTestFinished, test } from "vitest";
import { startServer } from "../../src/hosts/server/index.ts";
import { keepIdentity } from "../../src/hosts/server/tls/identity.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { openServerLab, optionsFor } from "./lab.ts";

test("a token reaches the profiles it names, and is not told of others", async () => {
  const lab = await openServerLab();
  const options = optionsFor(lab.simulator);
  await lab.server.close();
  await lab.restart({
    profiles: [
      { name: "first", options },
      { name: "second", options: { ...options, username: "nobody" } },
    ],
  });
  const ping = (token: string, profile?: string) =>
    lab.post("/v1/system/ping", undefined, { token, headers: profile === undefined ? {} : { "pps-profile": profile } });
  const every = lab.token;
  expect((await ping(every)).status).toBe(200);
  expect((await ping(every, "second")).json().code).toBe("denied");
  const unknown = await ping(every, "third");
  expect(unknown.json()).toMatchObject({ code: "bad_input", field: "PPS-Profile", hint: "Served are first, second." });
  const second = lab.tokenFor({ name: "limited", profiles: ["second"] });
  expect((await ping(second, "second")).json().code).toBe("denied");
  for (const profile of [undefined, "first", "third"]) expect((await ping(second, profile)).status).toBe(403);
});

test.each([
  ["read", "/v1/quarantine/list", { sender: "*" }, 200],
  ["change", "/v1/quarantine/list", { sender: "*" }, 403],
  ["change", "/v1/quarantine/delete?dryRun=true", { localGuids: ["1:1:1"], folder: "Quarantine" }, 403],
  ["destroy", "/v1/quarantine/delete?dryRun=true", { localGuids: ["1:1:1"], folder: "Quarantine" }, 200],
  ["read", "/v1/users/get", { email: "ann@example.com" }, 403],
  ["read", "/metrics", undefined, 200],
  ["change", "/metrics", undefined, 403],
] as const)("the scope %s leads to %s as far as it goes", async (scope, path, body, status) => {
  const lab = await openServerLab();
  const token = lab.tokenFor({ name: "one", scopes: [scope] });
  const answer = await (body === undefined ? lab.get(path, { token }) : lab.post(path, body, { token }));
  expect(answer.status).toBe(status);
});

test("a revoked token is turned away by a running server", async () => {
  const { createTokenStore } = await import("../../src/hosts/server/access/token-store.ts");
  const lab = await openServerLab();
  const token = lab.tokenFor({ name: "leaver" });
  expect((await lab.post("/v1/system/ping", undefined, { token })).status).toBe(200);
  createTokenStore(`${lab.stateDirectory}/tokens.json`).revoke("leaver");
  expect((await lab.post("/v1/system/ping", undefined, { token })).status).toBe(401);
});

test("the made certificate is kept, speaks for this machine, and takes TLS 1.2 and newer alone", async () => {
  const lab = await openServerLab();
  const { certificatePath = "", fingerprint } = lab.server;
  expect(lab.server.isNewCertificate).toBe(true);
  const ca = readFileSync(certificatePath, "utf8");
  const port = Number(new URL(lab.server.url).port);
  const shake = (options: object) =>
    new Promise<string>((resolve) => {
      const socket = connect({ host: "127.0.0.1", port, ca, ...options }, () => {
        resolve(`${socket.getProtocol()} ${socket.getPeerCertificate().fingerprint256}`);
        socket.destroy();
      });
      socket.on("error", (error) => resolve((error as NodeJS.ErrnoException).code ?? "refused"));
    });
  expect(await shake({})).toBe(`TLSv1.3 ${fingerprint}`);
  expect(await shake({ servername: "localhost", maxVersion: "TLSv1.2" })).toBe(`TLSv1.2 ${fingerprint}`);
  const old = { maxVersion: "TLSv1.1", minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" };
  expect(await shake(old)).toBe("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION");
  expect(await shake({ servername: "elsewhere.example" })).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  expect(await shake({ ca: undefined })).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY/);
  await lab.server.close();
  await lab.restart();
  expect(lab.server).toMatchObject({ fingerprint, isNewCertificate: false });
});

test("a certificate of one's own is shown as it is, and none is made", async () => {
  const { cert, key, fingerprint } = await keepIdentity(temporaryDirectory(), "127.0.0.1");
  const lab = await openServerLab({ certificate: { cert, key } });
  expect(lab.server).toMatchObject({ fingerprint, certificatePath: undefined, isNewCertificate: false });
  const dispatcher = new Agent({ connect: { ca: cert } });
  onTestFinished(() => dispatcher.destroy());
  expect((await plainRequest(`${lab.server.url}/healthz`, { dispatcher })).statusCode).toBe(200);
});

test("every answer says that it is not to be kept, framed or guessed at, whatever its status", async () => {
  const lab = await openServerLab();
  for (const answer of [await lab.get("/healthz"), await lab.get("/nowhere"), await lab.post("/v1/system/ping")]) {
    expect(answer.headers).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "strict-transport-security": "max-age=31536000",
      "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  }
});

test("readiness follows PPS, and is asked for once in a while only", async () => {
  const lab = await openServerLab();
  expect((await lab.get("/readyz", { token: null })).json()).toEqual({ status: "ready", pps: "ready" });
  await lab.server.close();
  await lab.restart();
  lab.simulator.faults.add({ kind: "status", status: 401 });
  const answers = await Promise.all([1, 2, 3].map(() => lab.get("/readyz", { token: null })));
  for (const answer of answers) {
    expect(answer.status).toBe(503);
    expect(answer.json()).toEqual({ status: "not_ready", pps: "denied" });
  }
  expect(lab.simulator.faults.list()[0]?.happened).toBe(1);
  expect((await lab.get("/healthz", { token: null })).json()).toEqual({ status: "up" });
});

test("without tokens the server answers this machine's programs, and no page in its browser", async () => {
  const lab = await openServerLab({ anonymous: true, plainHttp: true });
  const ask = (headers: Record<string, string>) => lab.get("/v1/system/ping", { token: null, headers });
  expect((await ask({})).status).toBe(200);
  expect((await ask({ host: "localhost:8443" })).status).toBe(200);
  expect((await ask({ host: "pps.attacker.example" })).status).toBe(403);
  expect((await ask({ origin: "https://attacker.example" })).status).toBe(403);
  expect((await ask({ origin: "null" })).status).toBe(403);
  const { statusCode } = await plainRequest(`${lab.server.url}/v1/quarantine/list`, {
    method: "POST",
    headers: { "content-type": "text/plain" },
    body: '{"sender":"*"}',
  });
  expect(statusCode).toBe(415);
});

test.each([
  ["without tokens", { anonymous: true }],
  ["in plain HTTP", { plainHttp: true }],
])("it does not listen %s where others can reach it", async (_what, options) => {
  const profiles = [{ name: "lab", options: { url: "https://pps.example.com", username: "api", password: "x" } }];
  const start = startServer({ profiles, stateDirectory: temporaryDirectory(), host: "0.0.0.0", port: 0, ...options });
  onTestFinished(async () => (await start.catch(() => undefined))?.close());
  await expect(start).rejects.toMatchObject({ code: "bad_input" });
});

test("no address at all is not taken for all addresses", async () => {
  const profiles = [{ name: "lab", options: { url: "https://pps.example.com", username: "api", password: "x" } }];
  const log = new PassThrough().resume();
  const start = startServer({ profiles, stateDirectory: temporaryDirectory(), host: " ", port: 0, log });
  onTestFinished(async () => (await start.catch(() => undefined))?.close());
  await expect(start).rejects.toMatchObject({ code: "bad_input", field: "host" });
  const empty = startServer({ profiles, stateDirectory: temporaryDirectory(), host: "", port: 0, log });
  onTestFinished(async () => (await empty.catch(() => undefined))?.close());
  await expect(empty).rejects.toMatchObject({ code: "bad_input", field: "host" });
});

test.each([
  ["another port", ["https://pps.example.com:443"], "which is not allowed here"],
  ["a path", ["https://pps.example.com:10000/rest"], "is no origin"],
  ["plain HTTP", ["http://pps.example.com:10000"], "is no origin"],
])("an allow-list with %s keeps a profile out", async (_what, allowOrigins, sentence) => {
  const profiles = [{ name: "lab", options: { url: "https://pps.example.com", username: "api", password: "x" } }];
  const start = startServer({ profiles, stateDirectory: temporaryDirectory(), port: 0, allowOrigins });
  onTestFinished(async () => (await start.catch(() => undefined))?.close());
  await expect(start).rejects.toThrow(sentence);
});

test("an allow-list takes the address a profile means, its usual port too", async () => {
  const profiles = [{ name: "lab", options: { url: "https://pps.example.com", username: "api", password: "x" } }];
  const allowOrigins = ["https://PPS.example.com:10000"];
  const log = new PassThrough().resume();
  const server = await startServer({ profiles, stateDirectory: temporaryDirectory(), port: 0, allowOrigins, log });
  await server.close();
});
