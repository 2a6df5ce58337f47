import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, isIPv6 } from "node:net";
import { PpsError } from "../../core/errors.ts";
import type { RunningCalls } from "./calls/running-calls.ts";
import type { KeyPair } from "./tls/certificate.ts";

/** Where to listen, and as whom: without an identity it speaks plain HTTP. */
export interface ListenerOptions {
  host: string;
  port: number;
  identity: KeyPair | undefined;
  answer: RequestListener;
  /** Sees to what never becomes a request. */
  watch(server: Server): void;
}

/** An open port. */
export interface Listener {
  url: string;
  /** Takes no further connections, lets the calls under way end, and their answers leave. */
  stop(running: RunningCalls, seconds: number): Promise<void>;
}

// A caller who sends his request a byte a minute must not hold a connection for long.
// A missing Host is refused by the app, as everything else is.
const patience: ServerOptions = {
  requireHostHeader: false,
  headersTimeout: 15_000,
  // Node looks every 30 seconds only, which would make 45 of these 15.
  connectionsCheckingInterval: 1000,
  requestTimeout: 60_000,
  keepAliveTimeout: 30_000,
};

/** How long a finished answer may take to leave once the server stops, in milliseconds, and how often that is looked at. */
const leaving = { most: 2000, every: 20 };

/** Opens a port, over TLS 1.2 or newer where there is an identity. Throws PpsError `bad_input` where it cannot be had. */
export async function openListener({ host, port, identity, answer, watch }: ListenerOptions): Promise<Listener> {
  const server =
    identity === undefined
      ? createHttpServer(patience, answer)
      : createHttpsServer({ ...patience, key: identity.key, cert: identity.cert, minVersion: "TLSv1.2" }, answer);
  watch(server);
  // A wish that nobody knows is no reason to refuse a call.
  server.on("checkExpectation", answer);
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const { code = "unknown reason" } = error as NodeJS.ErrnoException;
    throw new PpsError("bad_input", `The server cannot listen on ${host} port ${port} (${code}).`, {
      hint: "Choose another with --host or --port; 0 takes any free port.",
    });
  }
  const { port: opened } = server.address() as AddressInfo;
  return {
    url: `${identity === undefined ? "http" : "https"}://${isIPv6(host) ? `[${host}]` : host}:${opened}`,
    async stop(running, seconds) {
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      await running.stop(seconds);
      // A connection whose answer has left is idle, and would be kept open for the next request.
      const sweep = setInterval(() => server.closeIdleConnections(), leaving.every);
      const last = setTimeout(() => server.closeAllConnections(), leaving.most);
      await ended;
      clearInterval(sweep);
      clearTimeout(last);
    },
  };
}
