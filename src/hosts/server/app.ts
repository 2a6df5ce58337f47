import { Hono } from "hono";
import { commands } from "../../commands/index.ts";
import { secureHeaders } from "./observe/secure-headers.ts";
import { watchVisit } from "./observe/visits.ts";
import { actionsPath, answerAction } from "./routes/actions-route.ts";
import { answerCommand } from "./routes/command-route.ts";
import { guard } from "./routes/guard.ts";
import { methodsOf, requireMethod } from "./routes/methods.ts";
import { addPlainRoutes } from "./routes/plain-routes.ts";
import { Problem } from "./routes/problem.ts";
import { problemResponse } from "./routes/problem-answer.ts";
import { routePath } from "./routes/route-path.ts";
import { newVisit, noteProblem, type VisitContext, type VisitEnvironment } from "./routes/visit.ts";
import type { Site } from "./site.ts";

/** Everything the server answers. */
export function createApp(site: Site): Hono<VisitEnvironment> {
  const app = new Hono<VisitEnvironment>();
  const headers = secureHeaders(site);
  app.use(async (c, next) => {
    c.set("visit", newVisit());
    watchVisit(c, site);
    await next();
    const answered = c.res.headers;
    answered.set("x-request-id", c.var.visit.requestId);
    for (const [name, value] of headers) if (!answered.has(name)) answered.set(name, value);
    // A connection that is kept would keep a stopping server from its end.
    if (site.running.isStopping()) answered.set("connection", "close");
  });
  app.use((c, next) => {
    guard(c, site);
    return next();
  });
  for (const command of commands) {
    const path = routePath(command.name);
    app.all(path, (c) => {
      c.var.visit.route = path;
      requireMethod(c.req.method, methodsOf(command));
      return answerCommand(command, c, site);
    });
  }
  app.all(actionsPath, (c) => {
    c.var.visit.route = actionsPath;
    requireMethod(c.req.method, ["POST"]);
    return answerAction(c, site);
  });
  addPlainRoutes(app, site);
  app.notFound((c) => refuse(new Problem("no_such_route", "There is nothing at this address; see /docs."), c));
  app.onError((error, c) => refuse(error, c as VisitContext));
  return app;
}

function refuse(error: unknown, c: VisitContext): Response {
  return problemResponse(noteProblem(error, c.var.visit), error instanceof Problem ? error.details.allow : undefined);
}
