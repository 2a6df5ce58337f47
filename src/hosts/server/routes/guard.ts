import { isLoopback } from "../../../core/loopback.ts";
import type { Site } from "../site.ts";
import { Problem } from "./problem.ts";
import type { VisitContext } from "./visit.ts";

/**
 * Turns away what comes while the server stops. Where no token is asked for, it also turns away what a web page could have had
 * its reader's browser send: a page that had its own name lead here, or one of another origin.
 */
export function guard(c: VisitContext, { running, isAnonymous }: Pick<Site, "running" | "isAnonymous">): void {
  refuseWhenStopping(running);
  if (!isAnonymous) return;
  const host = c.req.header("host") ?? "";
  const origin = c.req.header("origin");
  const isOwn = origin === undefined || origin.replace(/^https?:\/\//, "") === host;
  if (isLoopback(host.replace(/:\d+$/, "")) && isOwn) return;
  throw new Problem(
    "forbidden",
    "Without tokens, this server answers programs of this machine only, and no web page.",
    {
      hint: "Reach it as localhost or 127.0.0.1, or start it with tokens.",
      field: "Host",
    },
  );
}

/**
 * Throws Problem `stopping`. Asked again once a body has come: a call begun after the last one was waited for would be cut
 * off in its middle.
 */
export function refuseWhenStopping(running: Site["running"]): void {
  if (!running.isStopping()) return;
  throw new Problem("stopping", "The server is stopping; nothing was done.", { retryAfterSeconds: 10 });
}
