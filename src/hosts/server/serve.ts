import type { Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { anonymousHolder, type Holder } from "./access/holder.ts";
import { createTokenStore, type TokenStore } from "./access/token-store.ts";
import { createApp } from "./app.ts";
import { openAuditLog } from "./audit/audit-log.ts";
import { openProfiles } from "./calls/profiles.ts";
import { createRunningCalls } from "./calls/running-calls.ts";
import { openSecopsSites } from "./calls/secops-site.ts";
import { createClosing } from "./closing.ts";
import { openAnswerTable } from "./idempotency/answer-table.ts";
import { createOnceOnly } from "./idempotency/once-only.ts";
import { createGate } from "./limits/gate.ts";
import { readLimits } from "./limits/limits.ts";
import { createRate } from "./limits/rate.ts";
import { openListener } from "./listener.ts";
import { createLog, faultOf, type Log } from "./observe/log.ts";
import { createMetrics } from "./observe/metrics.ts";
import { createProbe } from "./observe/readiness.ts";
import { Problem } from "./routes/problem.ts";
import { requireLoopback, type ServerOptions } from "./server-options.ts";
import type { Site } from "./site.ts";
import { openStateDirectory, type StatePaths } from "./state/state-directory.ts";
import { keepIdentity, readIdentity } from "./tls/identity.ts";
import { answerUnreadable, watchUnreadable } from "./unreadable-requests.ts";

/** A server at work. */
export interface ActionServer {
  url: string;
  /** SHA-256 of its certificate; absent over plain HTTP. */
  fingerprint?: string | undefined;
  /** The file with the made certificate, which callers need to trust; absent with one of your own. */
  certificatePath?: string | undefined;
  /** The certificate was made by this start: callers who trusted an earlier one need the new one. */
  isNewCertificate: boolean;
  /** Takes no more calls, lets those under way finish as long as the limits say, and ends. */
  close(): Promise<void>;
}

/** Starts the action server. Throws PpsError `bad_input` for options that cannot work. */
export async function startServer(options: ServerOptions): Promise<ActionServer> {
  const { host = "127.0.0.1", port = 8443, certificate, plainHttp = false } = options;
  requireLoopback(options, host);
  const closing = createClosing();
  try {
    const paths = openStateDirectory(options.stateDirectory);
    const kept = () => keepIdentity(paths.tls, host);
    const identity = plainHttp ? undefined : certificate === undefined ? await kept() : readIdentity(certificate);
    const site = await openSite(options, paths, identity !== undefined, closing.later);
    const answer = getRequestListener(createApp(site).fetch, {
      errorHandler: (error) => answerUnreadable(error, site),
    });
    const watch = (server: Server) => watchUnreadable(server, site);
    const listener = await openListener({ host, port, identity, answer, watch });
    closing.later(() => listener.stop(site.running, site.limits.stopSeconds));
    site.log.info({ url: listener.url, profiles: site.profiles.names }, "ready");
    return {
      url: listener.url,
      fingerprint: identity?.fingerprint,
      certificatePath: identity?.certificatePath,
      isNewCertificate: identity?.isNew ?? false,
      close: closing.run,
    };
  } catch (error) {
    await closing.run();
    throw error;
  }
}

const notKept = "An idempotency key, or the answer to its change, could not be kept; see to the disk.";

type Later = (close: () => void | Promise<void>) => void;

async function openSite(options: ServerOptions, paths: StatePaths, isSecure: boolean, later: Later): Promise<Site> {
  const { anonymous: isAnonymous = false, allowOrigins = [] } = options;
  const limits = readLimits(options.limits);
  // Before the rest, for its lock keeps other servers away from the same directory.
  const audit = await openAuditLog(paths.audit);
  later(audit.close);
  const tokens = createTokenStore(paths.tokens);
  later(tokens.close);
  const table = openAnswerTable(paths.answers);
  later(table.close);
  const gate = createGate(limits.concurrency, limits.queue);
  const metrics = createMetrics(gate.state);
  const profiles = openProfiles(options.profiles, allowOrigins, metrics.ppsRequest);
  later(profiles.close);
  const running = createRunningCalls();
  const log = createLog(options.log ?? process.stderr);
  for (const { name } of options.profiles.filter(({ options: { insecure } }) => insecure)) {
    log.warn({ profile: name }, "The certificate of PPS is not checked: anybody on the way can read the password.");
  }
  return {
    profiles,
    limits,
    gate,
    rate: createRate(limits.callsPerMinute),
    running,
    audit,
    log,
    metrics,
    onceOnly: createOnceOnly(table, (error) => log.error({ fault: faultOf(error) }, notKept)),
    secops: openSecopsSites(options.profiles, allowOrigins, options.forbidsUnverified ?? false, metrics.ppsRequest),
    probe: createProbe(profiles.first),
    authenticate: isAnonymous ? () => anonymousHolder : (header) => authenticate(tokens, header, log),
    isAnonymous,
    isSecure,
  };
}

/** A token file that cannot be used is the server's affair, whatever the caller showed. */
function authenticate(tokens: TokenStore, header: string | undefined, log: Log): Holder | undefined {
  try {
    return tokens.authenticate(header);
  } catch (error) {
    log.error({ reason: (error as Error).message }, "The tokens cannot be read; nobody is let in.");
    throw new Problem("fault", "The server cannot read its tokens, so nobody is let in.");
  }
}
