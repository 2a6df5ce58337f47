import type { Dispatcher } from "undici";
import { createDispatcher } from "../http/dispatcher.ts";
import { Exchange } from "../http/exchange.ts";
import { createFailure } from "../http/failure.ts";
import { readReply } from "../http/reply.ts";
import type { Answer } from "../http/sender.ts";
import { type Authorization, createRedactor } from "../options/credentials.ts";
import type { Settings, TlsSettings } from "../options/settings.ts";
import { userAgent } from "../product.ts";
import { feedAdvice } from "./feed-advice.ts";

/** One request for a part of a feed. */
export interface FeedRequest {
  url: URL;
  accept: string;
  authorization: Authorization;
}

/** Puts single requests for feeds on the wire, over connections that are kept for the next page. */
export interface FeedSender {
  /** Rejects with the signal's reason when aborted. */
  send(request: FeedRequest, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

interface Line {
  dispatcher: Dispatcher;
  proxy: URL | undefined;
}

/** Connections are made by the first request to an origin. */
export function createFeedSender(settings: Settings): FeedSender {
  const { timeoutMs, maxReplyBytes, feeds } = settings;
  const tls: TlsSettings = {
    ca: settings.tls.ca,
    cert: undefined,
    key: undefined,
    passphrase: undefined,
    insecure: false,
  };
  const lines = new Map<string, Line>();

  function lineTo(url: URL): Line {
    const known = lines.get(url.origin);
    if (known !== undefined) return known;
    const proxy = feeds.proxyFor(url);
    const dispatcher = createDispatcher({ url, proxy, tls }, { timeoutMs, concurrency: 1 });
    const line = { dispatcher, proxy };
    lines.set(url.origin, line);
    return line;
  }

  return {
    async send({ url, accept, authorization }, signal) {
      signal.throwIfAborted();
      const { dispatcher, proxy } = lineTo(url);
      const exchange = new Exchange({ timeoutMs, maxReplyBytes, graceMs: 0 });
      const { header } = authorization;
      const headers = {
        accept,
        host: url.host,
        "user-agent": userAgent,
        ...(header === undefined ? {} : { authorization: header }),
      };
      const options = { origin: url.origin, path: `${url.pathname}${url.search}`, method: "GET" as const, headers };
      const result = await exchange.run(dispatcher, options, signal);
      if ("raw" in result) {
        const { redactToken } = authorization;
        // In a feed the password may be an ordinary word.
        const redact = result.raw.status === 200 ? redactToken : authorization.redact;
        return { reply: readReply(result.raw, "text", { redactToken, redact }) };
      }
      const redactProxy = createRedactor(proxy === undefined ? [] : [decodeURIComponent(proxy.password)]);
      const redact = (text: string) => redactProxy(authorization.redact(text));
      const { sent } = exchange;
      const at = { target: url.host, proxy: proxy?.host, sent, change: false, timeoutMs, maxReplyBytes };
      return { failure: createFailure(result.kind, { ...at, redact, advice: feedAdvice }, result.cause) };
    },
    close: async () => {
      await Promise.all([...lines.values()].map(({ dispatcher }) => dispatcher.destroy()));
    },
  };
}
