import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { FailureKind } from "./failure.ts";
import { readFailureKind } from "./failure-kind.ts";
import type { RawReply } from "./reply.ts";

/** The whole answer, or why there is none. */
export type ExchangeResult = { raw: RawReply } | { kind: FailureKind; cause?: unknown };

/** How long and how much one exchange may take; times in milliseconds. */
export interface ExchangeLimits {
  /** For the whole exchange. */
  timeoutMs: number;
  maxReplyBytes: number;
  /** How long an answer is still waited for after an abort, once the request has left; 0 for not at all. */
  graceMs: number;
}

/** One request on the wire; it knows how far the request came, which decides whether it may be repeated. */
export class Exchange {
  sent = false;
  answered = false;
  readonly #limits: ExchangeLimits;
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;

  constructor(limits: ExchangeLimits) {
    this.#limits = limits;
  }

  run(
    dispatcher: Dispatcher,
    options: Dispatcher.DispatchOptions,
    signal: AbortSignal | undefined,
  ): Promise<ExchangeResult> {
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        if (this.#settled) return;
        this.#settled = true;
        clearTimeout(timer);
        clearTimeout(grace);
        signal?.removeEventListener("abort", onAbort);
        act();
      };
      const giveUp = (act: () => void) => {
        finish(act);
        this.#controller?.abort(new Error("given up"));
      };
      const end = (result: ExchangeResult) => finish(() => resolve(result));
      let grace: NodeJS.Timeout | undefined;
      const onAbort = () => {
        if (this.sent && this.#limits.graceMs > 0) {
          grace = setTimeout(() => giveUp(() => resolve({ kind: "cancelled" })), this.#limits.graceMs);
        } else giveUp(() => reject(signal?.reason));
      };
      const onTimeout = () => giveUp(() => resolve({ kind: this.sent ? "timeout" : "connect-timeout" }));
      const timer = setTimeout(onTimeout, this.#limits.timeoutMs);
      signal?.addEventListener("abort", onAbort, { once: true });
      try {
        dispatcher.dispatch(
          options,
          this.#handler(end, (result) => giveUp(() => resolve(result))),
        );
      } catch (error) {
        finish(() => reject(error));
      }
    });
  }

  #handler(
    end: (result: ExchangeResult) => void,
    giveUp: (result: ExchangeResult) => void,
  ): Dispatcher.DispatchHandler {
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
        if (size <= this.#limits.maxReplyBytes) chunks.push(chunk);
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
