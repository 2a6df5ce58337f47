// One hono route over TLS that answers the same JSON every time: what the server cannot be quicker than.
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";

const { key, cert } = JSON.parse(process.env.IDENTITY ?? "{}") as { key: string; cert: string };
const app = new Hono().get("/", (c) => c.json({ status: "up" }));
const server = createServer({ key, cert }, getRequestListener(app.fetch)).listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ url: `https://127.0.0.1:${port}` })}\n`);
});
