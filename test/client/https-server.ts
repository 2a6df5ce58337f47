import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:https";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { type Authority, createAuthority } from "../../src/simulator/tls/authority.ts";

/** One request as it came over the wire. */
export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface TestServer {
  url: string;
  port: number;
  seen: Seen[];
  close(): Promise<void>;
}

export type Answering = (request: Seen, response: ServerResponse, socket: Socket) => unknown;

const day = 86_400_000;
const now = Date.now();

/** An authority for one test file. */
export const makeAuthority = () => createAuthority(now);

export interface CertificateWishes {
  dnsNames?: string[];
  ipAddresses?: string[];
  notAfter?: number;
}

export function issue(authority: Authority, wishes: CertificateWishes = {}) {
  return authority.issue({
    dnsNames: wishes.dnsNames ?? ["localhost"],
    ipAddresses: wishes.ipAddresses ?? ["127.0.0.1"],
    role: "server",
    notBefore: now - 30 * day,
    notAfter: wishes.notAfter ?? now + 365 * day,
  });
}

/** A real HTTPS server that answers as the test says; it remembers what it was asked. */
export async function startHttps(
  authority: Authority,
  answer: Answering,
  wishes: CertificateWishes = {},
): Promise<TestServer> {
  const seen: Seen[] = [];
  const server = createServer(await issue(authority, wishes), listener(seen, answer));
  return { ...(await open(server, "https")), seen };
}

export async function startHttp(answer: Answering): Promise<TestServer> {
  const seen: Seen[] = [];
  return { ...(await open(createHttpServer(listener(seen, answer)), "http")), seen };
}

/** Listens on a free loopback port; closing also ends connections that hang. */
export async function open(server: Server, scheme: string) {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { url: `${scheme}://127.0.0.1:${port}`, port, close };
}

function listener(seen: Seen[], answer: Answering) {
  return async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one: Seen = {
      method: request.method ?? "",
      url: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString("utf8"),
    };
    seen.push(one);
    await answer(one, response, request.socket);
  };
}

/** A small CONNECT proxy; without the right credentials it answers 407. With an authority it is spoken to by TLS. */
export async function startProxy(credentials?: string, authority?: Authority) {
  const tunnels: string[] = [];
  const server = authority === undefined ? createHttpServer() : createServer(await issue(authority));
  server.on("connect", (request: IncomingMessage, socket: Socket) => {
    socket.on("error", () => {});
    const expected = credentials && `Basic ${Buffer.from(credentials).toString("base64")}`;
    if (expected && request.headers["proxy-authorization"] !== expected) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      return;
    }
    const [host = "", port = ""] = (request.url ?? "").split(":");
    tunnels.push(request.url ?? "");
    const onward = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on("error", () => socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
    socket.on("close", () => onward.destroy());
  });
  return { ...(await open(server, authority === undefined ? "http" : "https")), tunnels };
}
