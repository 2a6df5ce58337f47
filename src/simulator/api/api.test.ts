import { expect, test } from "vitest";
import { start, startTestServer } from "../../../test/simulator/api-server.ts";
import { managedModules } from "../accounts.ts";

test("wrong credentials are answered 401 and a role without the module 403", async () => {
  const accounts = [
    { username: "trace", password: "a", modules: ["pss"] as const },
    { username: "all", password: "b", modules: managedModules },
  ];
  const server = await startTestServer({ accounts });
  const statusOf = async (path: string, query: Record<string, string>, login: string) =>
    (await server.get(path, query, login)).status;
  expect(await statusOf("/quarantine", { from: "*" }, "all:wrong")).toBe(401);
  expect(await statusOf("/quarantine", { from: "*" }, "trace:a")).toBe(403);
  expect(await statusOf("/quarantine", { from: "*" }, "all:b")).toBe(200);
  expect(await statusOf("/pss/filter", {}, "trace:a")).toBe(200);
  await server.stop();
});

test("the Date header tells the gateway's own time", async () => {
  const server = await startTestServer();
  const answer = await server.get("/quarantine", { from: "*" });
  expect(answer.headers.get("Date")).toBe(new Date(start).toUTCString());
  await server.stop();
});

test.each([
  ["text", "text/plain", "Unauthorized"],
  ["html", "text/html", "<h1>Unauthorized</h1>"],
  ["json", "application/json", '"error":"Unauthorized"'],
  ["empty", null, ""],
])("with denied-body %s a 401 still asks for Basic", async (body, type, text) => {
  const server = await startTestServer({ quirks: { "denied-body": body } });
  const answer = await server.get("/quarantine", { from: "*" }, "x:y");
  expect(answer.headers.get("WWW-Authenticate")).toMatch(/^Basic /);
  expect(answer.headers.get("Content-Type")).toBe(type);
  expect(await answer.text()).toContain(text);
  await server.stop();
});

test.each([
  ["GET", "/quarantine/folders", undefined],
  ["DELETE", "/quarantine?guid=x", undefined],
  ["PATCH", "/enduser/ann@example.com", "{}"],
  ["GET", "/quarantine?from=*&offset=5", undefined],
  ["GET", "/quarantine?from=*&from=b", undefined],
  ["GET", "/pss/filter?sender=ann", undefined],
  ["GET", "/pss/health?verbose=t", undefined],
  ["POST", "/quarantine?action=delete", "{}"],
  ["POST", "/quarantine", '{"action":"delete","folder":"Quarantine","localguid":"1","force":"t"}'],
  ["POST", "/quarantine", '{"action":"delete","folder":"Quarantine","localguid":"1","targetfolder":"Phish"}'],
])("%s %s with body %s is answered 501 and reported, as no such thing exists", async (method, path, body) => {
  const server = await startTestServer();
  const { url } = await server.get("/pss/health");
  const answer = await fetch(url.replace("/pss/health", path), {
    method,
    body,
    headers: {
      Authorization: `Basic ${Buffer.from("api-admin:secret").toString("base64")}`,
      "Content-Type": "application/json",
    },
  });
  expect(answer.status).toBe(501);
  expect(server.reports).toHaveLength(1);
  await server.stop();
});

test("a body that is not declared as JSON is reported", async () => {
  const server = await startTestServer();
  const { url } = await server.get("/pss/health");
  const answer = await fetch(url.replace("/pss/health", "/quarantine"), {
    method: "POST",
    body: "{}",
    headers: { Authorization: `Basic ${Buffer.from("api-admin:secret").toString("base64")}` },
  });
  expect(answer.status).toBe(501);
  await server.stop();
});

test("a body beyond four megabytes is refused", async () => {
  const server = await startTestServer();
  const answer = await server.act({ action: "delete", folder: "Quarantine", localguid: "1".repeat(4 * 1024 * 1024) });
  expect(answer.status).toBe(413);
  await server.stop();
});

test("every reply carries another request id, refusals and unknown routes too", async () => {
  const server = await startTestServer();
  const answers = [
    await server.get("/quarantine", { from: "*" }),
    await server.get("/quarantine", {}),
    await server.get("/quarantine", { from: "*" }, "x:y"),
    await server.get("/nowhere"),
    await server.act("{"),
  ];
  const ids = answers.map(({ headers }) => headers.get("X-Request-Id"));
  for (const id of ids) expect(id).toMatch(/^[\w-]{32}$/);
  expect(new Set(ids).size).toBe(ids.length);
  await server.stop();
});

test("health answers JSON or an error, as the quirk says", async () => {
  const onprem = await startTestServer({ profile: "onprem" });
  expect((await onprem.get("/pss/health")).status).toBe(200);
  await onprem.stop();
  const pod = await startTestServer({ profile: "pod" });
  expect((await pod.get("/pss/health")).status).toBe(500);
  await pod.stop();
});

test("the wording of a refusal varies by seed and is the same for one seed", async () => {
  const texts = new Set<string>();
  for (const seed of [1, 1, 2, 3, 4, 5, 6]) {
    const server = await startTestServer({ seed });
    texts.add(await (await server.get("/quarantine")).text());
    await server.stop();
  }
  expect(texts.size).toBeGreaterThan(1);
  expect(texts.size).toBeLessThanOrEqual(3);
});

test("the same seed and clock give the same bytes", async () => {
  const run = async () => {
    const server = await startTestServer({ profile: "pod" });
    const { localGuid } = server.hold({});
    const forward = { action: "forward", folder: "Quarantine", localguid: localGuid, to: "soc@example.com" };
    const accepted = await (await server.act(forward)).text();
    server.clock.advance(5000);
    await server.settle();
    const bytes = [
      accepted,
      await (await server.get("/quarantine", { from: "*" })).text(),
      await (await server.get("/pss/filter")).text(),
      JSON.stringify(server.store.journal()),
      ...server.departures.map(({ raw }) => raw.toString()),
    ];
    await server.stop();
    return bytes;
  };
  const first = await run();
  expect(first).toHaveLength(5);
  expect(await run()).toEqual(first);
});

test("a body that comes in chunks, without a length, is read as well, and refused as soon as it is too long", async () => {
  const server = await startTestServer();
  const { localGuid } = server.hold({});
  const { url } = await server.get("/quarantine");
  const send = (pieces: string[]) =>
    fetch(url, {
      method: "POST",
      body: ReadableStream.from(pieces.map((piece) => Buffer.from(piece))),
      duplex: "half",
      headers: {
        Authorization: `Basic ${Buffer.from("api-admin:secret").toString("base64")}`,
        "Content-Type": "application/json",
      },
    } as RequestInit);
  const order = JSON.stringify({ action: "delete", folder: "Quarantine", localguid: localGuid });
  expect((await send([order.slice(0, 9), order.slice(9)])).status).toBe(200);
  expect((await send(Array.from({ length: 5 }, () => " ".repeat(1024 * 1024)))).status).toBe(413);
  await server.stop();
});
