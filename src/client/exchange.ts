import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { FailureKind } from "./failure.ts";
import { readFailureKind } from "./failure-kind.ts";
import type { RawReply } from "./reply.ts";

/** The whole answer, or why there is none. */
export type Outcome = { raw: RawReply } | { kind: FailureKind; cause?: unknown };

/** One request on the wire; it knows how far the request came, which decides whether it may be repeated. */
export class Exchange {
  sent = false;
  answered = false;
  readonly #maxReplyBytes: number;
  readonly #isChange: boolean;
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;

  constructor(maxReplyBytes: number, isChange: boolean) {
    this.#maxReplyBytes = maxReplyBytes;
    this.#isChange = isChange;
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
      const onAbort = () => {
        if (!(this.#isChange && this.sent)) giveUp(() => reject(signal?.reason));
      };
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
