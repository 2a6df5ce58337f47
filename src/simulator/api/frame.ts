import type { Context, Env, Hono } from "hono";
import type { Clock } from "../clock.ts";
import type { Random } from "../random.ts";
import { Refusal, WrongRequest } from "./refusal.ts";

/** What a request carries from its first moment on. */
export interface FrameVariables {
  /** Sent back as `X-Request-Id`, and written into the journal. */
  requestId: string;
}

/** What the frame works with. */
export interface FrameParts {
  clock: Clock;
  random: Random;
  /** Takes one line about a request that no right client would send. */
  report(line: string): void;
}

/**
 * What holds for every request of an API: a request id, the gateway's own time, refusals as they were meant, and 501 with a
 * report for what the real server does not have. To be called before any route is added; `beforehand` runs before each request.
 */
export function frame<Variables extends FrameVariables>(
  app: Hono<Env & { Variables: Variables }>,
  parts: FrameParts,
  beforehand: () => Promise<void> = async () => {},
): void {
  const requestIds = parts.random.fork("requests");
  app.use<"*", "*", Env & { Variables: FrameVariables }>("*", async (context, next) => {
    context.set("requestId", requestIds.guid());
    await beforehand();
    await next();
    context.res.headers.set("X-Request-Id", context.get("requestId"));
    // A client may compare clocks by it, and this gateway's may be off.
    context.res.headers.set("Date", new Date(parts.clock.now()).toUTCString());
  });
  app.notFound((context) => wrong(context, "unknown route"));
  app.onError((error, context) => {
    if (error instanceof Refusal) return error.toResponse();
    if (error instanceof WrongRequest) return wrong(context, error.message);
    parts.report(`${context.req.method} ${context.req.path}: ${error.stack ?? error.message}`);
    return context.text("Internal Server Error", 500);
  });

  function wrong(context: Context, what: string): Response {
    parts.report(`${context.req.method} ${context.req.path}: ${what}`);
    return context.text(`Not implemented: ${what}`, 501);
  }
}
