import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import type { Account, ManagedModule } from "../accounts.ts";
import { denial } from "./denial.ts";
import { createEffects } from "./effects.ts";
import { endUserRoutes } from "./enduser.ts";
import { createUserRefusals } from "./enduser-refusal.ts";
import { type FrameVariables, frame } from "./frame.ts";
import { limitBody } from "./limited-body.ts";
import { readParameters } from "./parameters.ts";
import type { ApiParts, RouteParts } from "./parts.ts";
import { quarantineAction } from "./quarantine-action.ts";
import { quarantineSearch } from "./quarantine-search.ts";
import { createRefusals } from "./refusal.ts";
import { smartSearch } from "./smart-search.ts";

/** The REST API as a listener for an HTTP(S) server. */
export interface Api {
  listener: (request: IncomingMessage, response: ServerResponse) => void;
  /** Waits until every effect that is due has happened: after the clock was moved, before the journal is read. */
  settle(): Promise<void>;
  /** Stops waiting for pending effects; they stay in the store. */
  close(): void;
}

/** What a request carries from one step to the next. */
export interface RequestVariables extends FrameVariables {
  account: Account;
}

const longestBody = 4 * 1024 * 1024;

/** The API of pps-api.md sections 2 to 6 under /rest/v1, and nothing else: what it does not know it answers with 501 and reports. */
export function createApi(parts: ApiParts): Api {
  const userRefusals = createUserRefusals(parts.quirks, parts.random);
  const routes: RouteParts = { ...parts, refusals: createRefusals(parts.quirks, parts.random), userRefusals };
  const effects = createEffects(parts);
  const app = new Hono<{ Variables: RequestVariables }>();

  frame(app, parts, effects.settle);
  app.use(async (context, next) => {
    const account = parts.accounts.authenticate(context.req.header("Authorization"));
    if (account === undefined) return denial(401, parts.quirks);
    context.set("account", account);
    await next();
  });

  const needs =
    (module: ManagedModule): MiddlewareHandler<{ Variables: RequestVariables }> =>
    async (context, next) => {
      if (!context.get("account").modules.includes(module)) return denial(403, parts.quirks);
      await next();
    };
  const limited = limitBody(longestBody);
  app.get("/rest/v1/quarantine", needs("Quarantine"), quarantineSearch(routes));
  app.post("/rest/v1/quarantine", needs("Quarantine"), limited, quarantineAction(routes, effects));
  app.get("/rest/v1/pss/filter", needs("pss"), smartSearch(routes));
  app.get("/rest/v1/pss/health", needs("pss"), (context) => {
    readParameters(context.req.url, []);
    if (parts.quirks.health === "json") return context.json({ status: "ok" });
    return context.text("Internal error", 500);
  });
  app.use("/rest/v1/enduser/*", needs("enduser"), async (_context, next) => {
    if (parts.quirks.enduser === "off") return denial(403, parts.quirks);
    await next();
  });
  const users = endUserRoutes(routes);
  app.get("/rest/v1/enduser/:name", users.show);
  app.post("/rest/v1/enduser/:name", limited, users.create);
  app.put("/rest/v1/enduser/:name", limited, users.change);
  app.delete("/rest/v1/enduser/:name", users.remove);

  return {
    listener: getRequestListener(app.fetch, { overrideGlobalObjects: false }),
    settle: effects.settle,
    close: effects.close,
  };
}
