import { Hono } from "hono";
import { commands } from "../../commands/index.ts";
import type { Command } from "../../core/command.ts";
import { answerCommand } from "./routes/command-route.ts";
import { Problem, problemOf, problemResponse } from "./routes/problem.ts";
import { routePath } from "./routes/route-path.ts";
import { newVisit, type VisitContext, type VisitEnvironment } from "./routes/visit.ts";
import type { Site } from "./site.ts";

/** Everything the server answers. */
export function createApp(site: Site): Hono<VisitEnvironment> {
  const app = new Hono<VisitEnvironment>();
  app.use(async (c, next) => {
    c.set("visit", newVisit());
    await next();
    c.res.headers.set("x-request-id", c.var.visit.requestId);
  });
  for (const command of commands) {
    const path = routePath(command.name);
    app.all(path, (c) => {
      c.var.visit.route = path;
      requireMethod(command, c);
      return answerCommand(command, c, site);
    });
  }
  app.notFound((c) => refuse(new Problem("no_such_route", "There is nothing at this address; see /docs."), c));
  app.onError((error, c) => refuse(error, c as VisitContext));
  return app;
}

function requireMethod({ effect }: Command, { req }: VisitContext): void {
  const allow = effect === "read" ? ["GET", "POST"] : ["POST"];
  if (!allow.includes(req.method)) {
    throw new Problem("method_not_allowed", `This address takes ${allow.join(" or ")}.`, { allow });
  }
}

function refuse(error: unknown, c: VisitContext): Response {
  const body = problemOf(error, c.var.visit.requestId);
  c.var.visit.code = body.code;
  return problemResponse(body, error instanceof Problem ? error.details.allow : undefined);
}
