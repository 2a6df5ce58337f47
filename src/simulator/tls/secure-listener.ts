import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { KeyPair } from "./authority.ts";

/** What answers over TLS, and as whom. */
export interface SecureListenerOptions {
  port: number;
  identity: KeyPair & { ca?: string; client?: unknown };
  listener: RequestListener;
  /** Asked once for each connection, before TLS begins; true drops it. */
  refuses(): boolean;
}

/** An open HTTPS port. */
export interface SecureListener {
  port: number;
  close(): Promise<void>;
}

// A TLS socket does not give away the TCP socket below it; on one machine the two ports of a connection name it.
const connections = new Map<string, Socket>();
const nameOf = ({ localPort, remotePort }: Pick<Socket, "localPort" | "remotePort">) => `${localPort}:${remotePort}`;

/** Ends the connection of a TLS socket with a TCP reset, so that its client reads ECONNRESET and not an orderly end. */
export function resetConnection(socket: Socket): void {
  connections.get(nameOf(socket))?.resetAndDestroy();
  socket.destroy();
}

/**
 * Serves HTTPS (TLS 1.2 and newer) on loopback, to holders of a client certificate only where the identity has one.
 * Closing does not wait for clients that keep their connections open.
 */
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
    const name = nameOf(socket);
    sockets.add(socket);
    connections.set(name, socket);
    socket.once("close", () => {
      sockets.delete(socket);
      connections.delete(name);
    });
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
