import type { Hono } from "hono";
import { createDocument } from "../openapi/document.ts";
import { createPage } from "../openapi/page.ts";
import type { Site } from "../site.ts";
import { identify } from "./admission.ts";
import { requireMethod } from "./methods.ts";
import { Problem } from "./problem.ts";
import type { VisitContext, VisitEnvironment } from "./visit.ts";

/** Adds what is no command: the API described, whether the server lives, whether PPS can be worked, and counters. */
export function addPlainRoutes(app: Hono<VisitEnvironment>, site: Site): void {
  const add = (path: string, answer: (c: VisitContext) => Response | Promise<Response>) =>
    app.all(path, (c) => {
      c.var.visit.route = path;
      requireMethod(c.req.method, ["GET", "HEAD"]);
      return answer(c);
    });
  const described = once(() => createDocument(site));
  const page = once(createPage);
  add("/openapi.json", () => json(described()));
  add("/docs", () => {
    const { html, policy } = page();
    const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": policy };
    return new Response(html, { headers });
  });
  add("/healthz", () => json({ status: "up" }));
  add("/readyz", async () => {
    const pps = await site.probe();
    return json({ status: pps === "ready" ? "ready" : "not_ready", pps }, pps === "ready" ? 200 : 503);
  });
  add("/metrics", async (c) => {
    if (!identify(c, site).scopes.includes("read")) {
      throw new Problem("forbidden", "The counters need a token with the scope read.");
    }
    const { type, text } = await site.metrics.text();
    return new Response(text, { headers: { "content-type": type } });
  });
}

/** Made when it is first asked for: most starts of the server never show it. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function json(body: object, status = 200): Response {
  return new Response(`${JSON.stringify(body)}\n`, { status, headers: { "content-type": "application/json" } });
}
