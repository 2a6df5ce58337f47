import type { Dispatcher } from "undici";
import { PpsError } from "../../core/errors.ts";
import type { Ask, Effect, Reply } from "../../core/steps.ts";
import { type Authorization, authorize, createRedactor } from "../options/credentials.ts";
import type { Settings } from "../options/settings.ts";
import { userAgent } from "../product.ts";
import { createDispatcher } from "./dispatcher.ts";
import { Exchange } from "./exchange.ts";
import { createFailure, type Failure, type FailureCircumstances } from "./failure.ts";
import { encodeQuery } from "./query.ts";
import { readReply } from "./reply.ts";

/** What came of one try: an answer of whatever status, or the reason there is none. */
export type Answer = { reply: Reply; failure?: never } | { reply?: never; failure: Failure };

/** Sends single requests to one PPS, without repeating any. */
export interface Transport {
  /**
   * Rejects with the signal's reason when aborted, and with PpsError `unexpected` for a redirect. A change that has
   * begun to leave is given a moment to be answered: cut off, nobody would know whether it happened.
   */
  send(request: Ask, signal?: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/** The way to one PPS over connections of its own. Throws PpsError `bad_input` for a certificate that cannot be used. */
export function createTransport(settings: Settings): Transport {
  const dispatcher = createDispatcher(settings);
  const proxySecrets = settings.proxy === undefined ? [] : [decodeURIComponent(settings.proxy.password)];
  const redactProxy = createRedactor(proxySecrets);

  return {
    async send(request, signal) {
      signal?.throwIfAborted();
      const authorization = await unlessAborted(authorize(settings.credentials), signal);
      const redact = (text: string) => redactProxy(authorization.redact(text));
      const exchange = new Exchange({ ...settings, graceMs: request.effect === "read" ? 0 : settings.graceMs });
      const options = dispatchOptions(settings, request, authorization);
      const result = await exchange.run(dispatcher, options, signal);
      if ("raw" in result)
        return { reply: refuseRedirect(readReply(result.raw, request.expect, authorization), request.effect, redact) };
      const at: FailureCircumstances = {
        target: settings.url.host,
        proxy: settings.proxy?.host,
        sent: exchange.sent,
        answered: exchange.answered,
        timeoutMs: settings.timeoutMs,
        maxReplyBytes: settings.maxReplyBytes,
        redact,
      };
      return { failure: createFailure(result.kind, at, result.cause) };
    },
    // What is still under way has nobody left to answer to.
    close: () => dispatcher.destroy(),
  };
}

/** The user's own password function may hang; a call must end all the same when it is aborted. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    const result = await Promise.race([work, aborted.promise]);
    signal.throwIfAborted();
    return result;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function dispatchOptions(settings: Settings, request: Ask, authorization: Authorization): Dispatcher.DispatchOptions {
  const body = request.body === undefined ? null : JSON.stringify(request.body);
  return {
    origin: settings.url.origin,
    path: `/rest/v1${request.path}${encodeQuery(request.query)}`,
    method: request.method,
    body,
    headers: {
      accept: request.expect === "file" ? "*/*" : "application/json",
      authorization: authorization.header,
      host: settings.url.host,
      "user-agent": userAgent,
      ...(body === null ? {} : { "content-type": "application/json" }),
    },
  };
}

/** A redirect is never followed: it leads to a login page or to another server, which must not get the password. */
function refuseRedirect(reply: Reply, effect: Effect, redact: (text: string) => string): Reply {
  if (reply.status < 300 || reply.status > 399) return reply;
  const [place = ""] = redact(reply.headers.location ?? "").split(/[?#]/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const shown = place.replace(/[\u0000-\u0020\u007f-\u009f]+/g, "").slice(0, 200);
  throw new PpsError("unexpected", `PPS answered with a redirect (${reply.status})${shown && ` to ${shown}`}.`, {
    status: reply.status,
    // Some servers lead on to another page after they have done what was asked.
    ...(effect === "read" ? {} : { mayHaveHappened: true }),
    hint: "Check the address: it must be that of the PPS API (port 10000), not of a login page or portal.",
    requestId: reply.requestId,
  });
}
