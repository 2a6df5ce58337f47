import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createControlApp, type Steered } from "./app.ts";

/** An open control port. */
export interface ControlPort {
  url: string;
  close(): Promise<void>;
}

/** Opens the control port on loopback; it asks for no password, so it must stay there. */
export async function openControlPort(port: number, simulator: Steered): Promise<ControlPort> {
  const server = createServer(getRequestListener(createControlApp(simulator).fetch));
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
