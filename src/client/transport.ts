import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { PpsError } from "../core/errors.ts";
import type { Ask, Reply } from "../core/steps.ts";
import { type Authorization, authorize, createRedactor } from "./credentials.ts";
import { createDispatcher } from "./dispatcher.ts";
import { createFailure, type Failure, type FailureCircumstances, type FailureKind } from "./failure.ts";
import { readFailureKind } from "./failure-kind.ts";
import { userAgent } from "./product.ts";
import { encodeQuery } from "./query.ts";
import { type RawReply, readReply } from "./reply.ts";
import type { Settings } from "./settings.ts";

/** What came of one try: an answer of whatever status, or the reason there is none. */
export type Answer = { reply: Reply; failure?: never } | { reply?: never; failure: Failure };

/** Sends single requests to one PPS, without repeating any. */
export interface Transport {
  /** Rejects with the signal's reason when aborted, and with PpsError `unexpected` for a redirect. */
  send(request: Ask, signal?: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

type Outcome = { raw: RawReply } | { kind: FailureKind; cause?: unknown };

export function createTransport(settings: Settings): Transport {
  const dispatcher = createDispatcher(settings);
  const proxySecrets = settings.proxy === undefined ? [] : [decodeURIComponent(settings.proxy.password)];
  const redactProxy = createRedactor(proxySecrets);

  return {
    async send(request, signal) {
      signal?.throwIfAborted();
      const authorization = await authorize(settings.credentials);
      const redact = (text: string) => redactProxy(authorization.redact(text));
      const exchange = new Exchange(settings.maxReplyBytes);
      const options = dispatchOptions(settings, request, authorization);
      const outcome = await exchange.run(dispatcher, options, settings.timeoutMs, signal);
      if ("raw" in outcome)
        return { reply: refuseRedirect(readReply(outcome.raw, request.expect, authorization), redact) };
      const at: FailureCircumstances = {
        target: settings.url.host,
        proxy: settings.proxy?.host,
        sent: exchange.sent,
        answered: exchange.answered,
        timeoutMs: settings.timeoutMs,
        maxReplyBytes: settings.maxReplyBytes,
        redact,
      };
      return { failure: createFailure(outcome.kind, at, outcome.cause) };
    },
    // What is still under way has nobody left to answer to.
    close: () => dispatcher.destroy(),
  };
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
function refuseRedirect(reply: Reply, redact: (text: string) => string): Reply {
  if (reply.status < 300 || reply.status > 399) return reply;
  const [place = ""] = redact(reply.headers.location ?? "").split(/[?#]/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const shown = place.replace(/[\u0000-\u0020\u007f-\u009f]+/g, "").slice(0, 200);
  throw new PpsError("unexpected", `PPS answered with a redirect (${reply.status})${shown && ` to ${shown}`}.`, {
    status: reply.status,
    hint: "Check the address: it must be that of the PPS API (port 10000), not of a login page or portal.",
    ...(reply.requestId === undefined ? {} : { requestId: reply.requestId }),
  });
}

/** One request on the wire; it knows how far the request came, which decides whether it may be repeated. */
class Exchange {
  sent = false;
  answered = false;
  readonly #maxReplyBytes: number;
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;

  constructor(maxReplyBytes: number) {
    this.#maxReplyBytes = maxReplyBytes;
  }

  run(
    dispatcher: Dispatcher,
    options: Dispatcher.DispatchOptions,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        if (this.#settled) return;
        this.#settled = true;
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        act();
      };
      const giveUp = (act: () => void) => {
        finish(act);
        this.#controller?.abort(new Error("given up"));
      };
      const end = (outcome: Outcome) => finish(() => resolve(outcome));
      const onAbort = () => giveUp(() => reject(signal?.reason));
      const onTimeout = () => giveUp(() => resolve({ kind: this.sent ? "timeout" : "connect-timeout" }));
      const timer = setTimeout(onTimeout, timeoutMs);
      signal?.addEventListener("abort", onAbort, { once: true });
      try {
        dispatcher.dispatch(
          options,
          this.#handler(end, (outcome) => giveUp(() => resolve(outcome))),
        );
      } catch (error) {
        finish(() => reject(error));
      }
    });
  }

  #handler(end: (outcome: Outcome) => void, giveUp: (outcome: Outcome) => void): Dispatcher.DispatchHandler {
    const raw: RawReply = { status: 0, headers: {}, body: Buffer.alloc(0) };
    let chunks: Buffer[] = [];
    let size = 0;
    return {
      onRequestStart: (controller) => {
        this.#controller = controller;
        // Aborted before a single byte left: undici then drops the request.
        if (this.#settled) controller.abort(new Error("given up"));
        else this.sent = true;
      },
      onResponseStart: (_controller, status: number, headers: IncomingHttpHeaders) => {
        this.answered = true;
        raw.status = status;
        raw.headers = headers;
      },
      onResponseData: (_controller, chunk: Buffer) => {
        size += chunk.length;
        if (size <= this.#maxReplyBytes) chunks.push(chunk);
        else {
          chunks = [];
          giveUp({ kind: "too-large" });
        }
      },
      onResponseEnd: () => end({ raw: { ...raw, body: Buffer.concat(chunks) } }),
      onResponseError: (_controller, cause: Error) => end({ kind: readFailureKind(cause, this), cause }),
    };
  }
}
