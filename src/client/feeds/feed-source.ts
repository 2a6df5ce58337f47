import { PpsError } from "../../core/errors.ts";
import { isLoopback } from "../../core/loopback.ts";
import type { Retrieve, Retrieved } from "../../core/steps.ts";
import { ppsAdvice } from "../http/advice.ts";
import { createDispatcher } from "../http/dispatcher.ts";
import { Exchange } from "../http/exchange.ts";
import { createFailure } from "../http/failure.ts";
import { readReply } from "../http/reply.ts";
import type { Settings } from "../options/settings.ts";
import { userAgent } from "../product.ts";

/** Gets documents that are nobody's API: lists of bad senders. */
export interface FeedSource {
  retrieve(request: Retrieve, signal: AbortSignal): Promise<Retrieved>;
}

/** The way to feeds: by HTTPS, with nothing that is for PPS alone. */
export function createFeedSource(settings: Settings): FeedSource {
  const { timeoutMs, maxReplyBytes } = settings;
  return {
    async retrieve({ url: written, accept }, signal) {
      const url = readFeedAddress(written);
      const tls = { ca: settings.tls.ca, cert: undefined, key: undefined, passphrase: undefined, insecure: false };
      const dispatcher = createDispatcher({ url, proxy: undefined, tls }, { timeoutMs, concurrency: 1 });
      const exchange = new Exchange({ timeoutMs, maxReplyBytes, graceMs: 0 });
      const redact = (text: string) => text;
      try {
        const headers = { accept, host: url.host, "user-agent": userAgent };
        const options = { origin: url.origin, path: `${url.pathname}${url.search}`, method: "GET" as const, headers };
        const result = await exchange.run(dispatcher, options, signal);
        if ("raw" in result) return readReply(result.raw, "text", { redact, redactToken: redact });
        const at = { target: url.host, proxy: undefined, sent: exchange.sent, change: false, timeoutMs, maxReplyBytes };
        throw createFailure(result.kind, { ...at, redact, advice: ppsAdvice }, result.cause).error;
      } finally {
        await dispatcher.destroy();
      }
    },
  };
}

function readFeedAddress(written: string): URL {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url !== undefined && (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname)))) {
    return url;
  }
  throw new PpsError("bad_input", "The address of a feed begins with https://.", { field: "url" });
}
