import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openRoom } from "./runtime-room.ts";

const password = 'p"ä\\ss w+rd/&';

/** A server that says to everybody what it was told, in every writing there is. */
async function openEcho(status: number, type: string): Promise<string> {
  const server = createServer((request, response) => {
    const header = request.headers.authorization ?? "";
    const token = header.replace("Basic ", "");
    const [, said = ""] = /^[^:]*:(.*)$/s.exec(Buffer.from(token, "base64").toString()) ?? [];
    const writings = [
      ...[header, token, said, JSON.stringify(said), said.replaceAll("\\", "\\\\")],
      ...[new URLSearchParams({ said }).toString(), Buffer.from(said).toString("base64")],
    ];
    const words = type === "application/json" ? JSON.stringify({ status, message: writings }) : writings.join("\n");
    response.writeHead(status, { "content-type": type, "x-request-id": token }).end(words);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each([
  [200, "text/plain"],
  [200, "application/json"],
  [400, "text/plain"],
  [400, "application/json"],
  [401, "text/html"],
  [500, "application/json"],
])("a server that answers %i with all it was told, as %s, makes no secret known", async (status, type) => {
  const room = await openRoom();
  const params = { ...room.params, url: await openEcho(status, type), credentials: { identifier: "ann", password } };
  for (const [command, args] of [
    ["test-module", {}],
    ["proofpoint-pps-list-quarantined-messages", { from: "*" }],
    ["proofpoint-pps-smart-search", {}],
    ["proofpoint-pps-download-message", { guid: "g4fsnj_sTLMk9hECaJwmmxwP6lQkr5k7" }],
    ["proofpoint-pps-release-message", { folder_name: "Phish", local_guid: "1:2:3" }],
    ["proofpoint-pps-get-user", { email: "ann@example.com" }],
  ] as const) {
    const { returned, logs } = await room.run(command, args, { params });
    const told = JSON.stringify([returned, logs]);
    for (const secret of [
      ...[password, JSON.stringify(password).slice(1, -1), Buffer.from(password).toString("base64")],
      ...[
        Buffer.from(`ann:${password}`).toString("base64"),
        new URLSearchParams({ said: password }).toString().slice(5),
      ],
    ]) {
      const isTold = told.includes(secret) || told.includes(JSON.stringify(secret).slice(1, -1));
      expect([command, isTold]).toEqual([command, false]);
    }
  }
});

test("a password written into an argument by mistake is not repeated in the error", async () => {
  const room = await openRoom();
  const { errors } = await room.run("proofpoint-pps-smart-search", { limit: room.simulator.password });
  expect(errors).toContain("<XX_REPLACED>");
  expect(errors).not.toContain(room.simulator.password);
});

test("nor is it in an error beside a result, when part of what was asked could not be done", async () => {
  const room = await openRoom();
  room.hold();
  const { password } = room.simulator;
  const args = { folder_name: "Quarantine", local_guid: ["1:1:1", password] };
  const { entries, errors } = await room.run("proofpoint-pps-release-message", args);
  expect(entries.map(({ Type }) => Type)).toEqual([1, 4]);
  expect(errors).toContain("<XX_REPLACED>");
  expect(errors).not.toContain(password);
});

test("credentials of a vault are used, whatever the server's own script made of them", async () => {
  const room = await openRoom();
  const { username: user, password: own } = room.simulator;
  const vault = { vaultInstanceId: "v1", user, password: own };
  for (const credentials of [
    { identifier: "", password: "", credentials: vault },
    { identifier: "entry in the vault", password: "", credentials: vault },
  ]) {
    // The server's script stops at the first parameter that is null.
    const params = { first: null, ...room.params, credentials };
    expect((await room.run("test-module", {}, { params })).returned).toBe("ok");
  }
});

test("an instance without address or credentials says which parameter is missing", async () => {
  const room = await openRoom();
  for (const [params, why] of [
    [{}, /Server URL is missing/],
    [{ ...room.params, credentials: {} }, /Username is missing/],
    [{ ...room.params, credentials: { identifier: "ann", password: "" } }, /Password is missing/],
  ] as const) {
    expect((await room.run("test-module", {}, { params })).returned).toMatch(why);
    const { entries, errors } = await room.run("proofpoint-pps-smart-search", {}, { params });
    expect(entries.map(({ Type }) => Type)).toEqual([4]);
    expect(errors).toMatch(why);
  }
});

test("trust in any certificate is for PPS alone, the proxy of the server for every way out", async () => {
  const room = await openRoom({ profile: "pod" });
  const params = { ...room.params, unsecure: "True", proxy: true };
  const { calls } = await room.run("test-module", {}, { params });
  expect(calls.map(({ url, insecure, useProxy }) => [new URL(url).pathname, insecure, useProxy])).toEqual([
    ["/rest/v1/quarantine", true, true],
    ["/v1/token", false, true],
  ]);
});

test("user name and password go to PPS alone, and the cloud gets its token alone", async () => {
  const room = await openRoom({ profile: "pod" });
  const { calls } = await room.run("proofpoint-add-to-safe-senders-list", { email: "good@partner.example" });
  expect(calls.length).toBeGreaterThan(2);
  for (const { url, request } of calls) {
    expect(url.startsWith(room.simulator.cloud ?? "none")).toBe(true);
    expect([request.Username, request.Password]).toEqual([undefined, undefined]);
  }
});
