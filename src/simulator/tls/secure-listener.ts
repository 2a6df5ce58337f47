import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { KeyPair } from "./authority.ts";

export interface SecureListenerOptions {
  port: number;
  identity: KeyPair & { ca?: string; client?: unknown };
  listener: RequestListener;
  /** Asked once for each connection, before TLS begins; true drops it. */
  refuses(): boolean;
}

export interface SecureListener {
  port: number;
  close(): Promise<void>;
}

/** Serves HTTPS (TLS 1.2 and newer) on loopback, to holders of a client certificate only where the identity has one. Closing does not wait for clients that keep their connections open. */
export async function openSecureListener(options: SecureListenerOptions): Promise<SecureListener> {
  const { key, cert, ca, client } = options.identity;
  const demand = client === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true };
  const https = createHttpsServer({ key, cert, minVersion: "TLSv1.2", ...demand }, options.listener);
  // A client that turns our certificate down says so by an alert; that is its right and nobody's error here.
  https.on("tlsClientError", (_error, socket) => socket.destroy());
  const sockets = new Set<Socket>();
  const front = createServer((socket) => {
    if (options.refuses()) {
      socket.resetAndDestroy();
      return;
    }
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    https.emit("connection", socket);
  });
  front.listen(options.port, "127.0.0.1");
  await once(front, "listening");
  return {
    port: (front.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => front.close(resolve));
    },
  };
}
