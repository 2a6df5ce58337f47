import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { anonymousHolder } from "./access/holder.ts";
import { createApp } from "./app.ts";
import { openProfiles } from "./calls/profiles.ts";
import { createRunningCalls } from "./calls/running-calls.ts";
import { createGate } from "./limits/gate.ts";
import { defaultLimits } from "./limits/limits.ts";
import { createRate } from "./limits/rate.ts";
import type { ServerOptions } from "./server-options.ts";
import type { Site } from "./site.ts";
import { openStateDirectory } from "./state/state-directory.ts";

/** A server at work. */
export interface ActionServer {
  url: string;
  /** Takes no more calls, lets those under way finish, and ends. */
  close(): Promise<void>;
}

/** Starts the action server. Throws PpsError `bad_input` for options that cannot work. */
export async function startServer(options: ServerOptions): Promise<ActionServer> {
  openStateDirectory(options.stateDirectory);
  const limits = { ...defaultLimits, ...options.limits };
  const profiles = openProfiles(options.profiles, options.allowOrigins ?? [], () => {});
  const running = createRunningCalls();
  let stopping = false;
  const site: Site = {
    profiles,
    limits,
    gate: createGate(limits.concurrency, limits.queue),
    rate: createRate(limits.callsPerMinute),
    running,
    authenticate: () => (options.anonymous ? anonymousHolder : undefined),
    isAnonymous: options.anonymous === true,
    isStopping: () => stopping,
  };
  const server = createServer(getRequestListener(createApp(site).fetch));
  server.listen(options.port ?? 8443, options.host ?? "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      stopping = true;
      const closed = new Promise((resolve) => server.close(resolve));
      await running.idle();
      server.closeAllConnections();
      await closed;
      await profiles.close();
    },
  };
}
