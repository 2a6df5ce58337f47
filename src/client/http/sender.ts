import { redirectError } from "../../core/redirect.ts";
import type { Ask, Reply } from "../../core/steps.ts";
import { type Authorization, createRedactor } from "../options/credentials.ts";
import type { Settings } from "../options/settings.ts";
import { userAgent } from "../product.ts";
import { createDispatcher } from "./dispatcher.ts";
import type { Endpoint } from "./endpoint.ts";
import { Exchange } from "./exchange.ts";
import { createFailure, type Failure } from "./failure.ts";
import { encodeQuery } from "./query.ts";
import { readReply } from "./reply.ts";

/** What came of one try: an answer of whatever status, or the reason there is none. */
export type Answer = { reply: Reply; failure?: never } | { reply?: never; failure: Failure };

/** A request in the words of HTTP. */
export interface Outgoing extends Pick<Ask, "method" | "effect" | "expect"> {
  /** Behind the endpoint's base path, with its query. */
  target: string;
  content?: { type: string; text: string } | undefined;
}

/** Puts single requests on the wire to one endpoint, and reads what comes back. */
export interface Sender {
  /**
   * Rejects with the signal's reason when aborted, and with PpsError `unexpected` for a redirect. A change that has
   * begun to leave is given a moment to be answered: cut off, nobody would know whether it happened.
   */
  send(outgoing: Outgoing, authorization: Authorization, signal?: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/** How much a sender may take. */
export type SenderLimits = Pick<Settings, "timeoutMs" | "graceMs" | "maxReplyBytes" | "concurrency">;

/** Throws PpsError `bad_input` for a certificate that cannot be used. */
export function createSender(endpoint: Endpoint, limits: SenderLimits): Sender {
  const { url, proxy } = endpoint;
  const dispatcher = createDispatcher(endpoint, limits);
  const redactProxy = createRedactor(proxy === undefined ? [] : [decodeURIComponent(proxy.password)]);

  return {
    async send(outgoing, authorization, signal) {
      // An exchange hears of an abort only when it comes after its beginning.
      signal?.throwIfAborted();
      const { method, target, effect, expect, content } = outgoing;
      const { timeoutMs, maxReplyBytes, graceMs } = limits;
      const change = effect !== "read";
      const exchange = new Exchange({ timeoutMs, maxReplyBytes, graceMs: change ? graceMs : 0 });
      const options = {
        origin: url.origin,
        path: `${endpoint.basePath}${target}`,
        method,
        body: content?.text ?? null,
        headers: headersOf(outgoing, url, authorization),
      };
      const result = await exchange.run(dispatcher, options, signal);
      const redact = (text: string) => redactProxy(authorization.redact(text));
      if ("raw" in result) {
        const reply = readReply(result.raw, expect, authorization);
        if (reply.status < 300 || reply.status > 399) return { reply };
        const headers = { location: redact(reply.headers.location ?? "") };
        const { speaker, advice } = endpoint;
        throw redirectError({ ...reply, headers }, { speaker, change, hint: advice.redirect });
      }
      const at = { target: url.host, proxy: proxy?.host, sent: exchange.sent, change, timeoutMs, maxReplyBytes };
      return { failure: createFailure(result.kind, { ...at, redact, advice: endpoint.advice }, result.cause) };
    },
    // What is still under way has nobody left to answer to.
    close: () => dispatcher.destroy(),
  };
}

/** A command's request as it goes on the wire: its query encoded, its body as JSON. */
export function outgoingOf({ method, path, query, body, effect, expect }: Ask): Outgoing {
  const content = body === undefined ? undefined : { type: "application/json", text: JSON.stringify(body) };
  return { method, target: `${path}${encodeQuery(query)}`, effect, expect, content };
}

function headersOf({ expect, content }: Outgoing, url: URL, { header }: Authorization): Record<string, string> {
  return {
    accept: expect === "file" ? "*/*" : "application/json",
    host: url.host,
    "user-agent": userAgent,
    ...(header === undefined ? {} : { authorization: header }),
    ...(content === undefined ? {} : { "content-type": content.type }),
  };
}
