import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { connect, type TLSSocket } from "node:tls";
import { expect, test } from "vitest";
import { openServerLab, type ServerLab } from "./lab.ts";

/** Opens a connection that trusts the server. */
function open({ server: { url, certificatePath } }: ServerLab): TLSSocket {
  const { hostname, port } = new URL(url);
  return connect({ host: hostname, port: Number(port), ca: readFileSync(certificatePath ?? "", "utf8") });
}

const host = "Host: localhost\r\n";
const close = "Connection: close\r\n\r\n";

test.each([
  ["what is no HTTP", "hello\r\n\r\n", 400],
  ["two lengths", `POST /v1/system/ping HTTP/1.1\r\n${host}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
  ["a length beside chunks", `POST / HTTP/1.1\r\n${host}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n`, 400],
  ["a Host that is no name", `GET /healthz HTTP/1.1\r\nHost: a b\r\n${close}`, 400],
  ["no Host at all", `GET /healthz HTTP/1.1\r\n${close}`, 400],
  ["a head without end", `GET /healthz HTTP/1.1\r\n${host}X-Long: ${"x".repeat(20_000)}\r\n\r\n`, 413],
])("%s is told as a problem too, and counted", async (_what, sent, status) => {
  const lab = await openServerLab();
  const socket = open(lab);
  socket.write(sent);
  const answer = await text(socket);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer).toContain("content-type: application/problem+json\r\n");
  expect(answer).toContain("x-content-type-options: nosniff\r\n");
  const { code, requestId } = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")));
  expect(code).toBe(status === 400 ? "bad_input" : "too_large");
  expect(answer).toContain(`x-request-id: ${requestId}\r\n`);
  expect((await lab.get("/metrics")).text).toContain(`pps_server_problems_total{code="${code}"} 1`);
});

test("what follows a change that is under way is not answered in its place, and the change is", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  const { reached, open: letThrough } = lab.turnstile.shut();
  const body = JSON.stringify({ localGuids: [message] });
  const socket = open(lab);
  socket.write(
    `POST /v1/quarantine/release HTTP/1.1\r\n${host}Authorization: Bearer ${lab.token}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  await reached;
  const answers = text(socket);
  for (const garbage of ["hello\r\n\r\n", "hello\r\n\r\n"]) socket.write(garbage);
  await lab.get("/healthz");
  letThrough();
  expect((await answers).match(/HTTP\/1.1 \d+|"accepted":1/g)).toEqual(["HTTP/1.1 200", '"accepted":1']);
  expect(await lab.effects()).toEqual(["released"]);
});

test("an expectation that nobody knows keeps nobody from an answer", async () => {
  const lab = await openServerLab();
  const socket = open(lab);
  socket.write(`GET /healthz HTTP/1.1\r\n${host}Expect: a-miracle\r\n${close}`);
  expect(await text(socket)).toMatch(/^HTTP\/1.1 200 /);
});
