import type { RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import { denial } from "../api/denial.ts";
import { type FrameParts, type FrameVariables, frame } from "../api/frame.ts";
import { limitBody } from "../api/limited-body.ts";
import type { Quirks } from "../quirks.ts";
import type { Store } from "../store/store.ts";
import type { ApiKeys } from "./api-keys.ts";
import { createCallLimit } from "./call-limit.ts";
import { createListRefusals } from "./list-refusals.ts";
import { listRoutes } from "./list-routes.ts";
import { tokenEndpoint } from "./token-endpoint.ts";
import { createTokens } from "./tokens.ts";

/** What the cloud API works with. */
export interface CloudParts extends FrameParts {
  store: Pick<Store, "organisationLists" | "note">;
  quirks: Quirks;
  keys: ApiKeys;
  /** The one cluster whose lists there are. */
  clusterId: string;
}

/** The cloud API as a listener for an HTTPS server. */
export interface CloudApi {
  listener: RequestListener;
  /** Gives every key all its calls back. */
  forgetCalls(): void;
}

const callsAMinute = 10;
const longestBody = 64 * 1024;
const path = "/api/v1/emailProtection/modules/spam";

/**
 * Token endpoint and Threat Protection API of pps-api.md 7, two hosts of the real cloud on one port. Nothing else is there: what
 * it does not know it answers with 501 and reports.
 */
export function createCloudApi(parts: CloudParts): CloudApi {
  const { quirks, keys, clock, random } = parts;
  const tokens = createTokens(clock, Number(quirks["cloud-token-seconds"]));
  const limit = createCallLimit(clock, quirks["cloud-call-limit"] === "none" ? Number.POSITIVE_INFINITY : callsAMinute);
  const refusals = createListRefusals(random);
  const app = new Hono<{ Variables: FrameVariables }>();
  const withinSize = limitBody(longestBody);

  frame(app, parts);
  app.post("/v1/token", withinSize, tokenEndpoint(keys, tokens, quirks));

  const admit: MiddlewareHandler = async (context, next) => {
    const key = tokens.keyOf(context.req.header("Authorization"));
    if (key === undefined) return denial(401, quirks, "Bearer");
    const wait = limit.take(key);
    if (wait > 0) return tooManyCalls(wait);
    if (!key.modules.includes("emailProtection")) return denial(403, quirks);
    await next();
  };
  for (const [name, list] of [
    ["orgSafeList", "safe"],
    ["orgBlockList", "block"],
  ] as const) {
    const routes = listRoutes(list, { ...parts, refusals });
    app.get(`${path}/${name}`, admit, routes.read);
    app.post(`${path}/${name}`, admit, withinSize, routes.change);
  }

  return { listener: getRequestListener(app.fetch, { overrideGlobalObjects: false }), forgetCalls: limit.forget };

  /** `wait` in milliseconds; told in whole seconds, and never too short. */
  function tooManyCalls(wait: number): Response {
    const answer = refusals.make("too-many-calls", "", 429).toResponse();
    const seconds = Math.ceil((clock.now() + wait) / 1000) * 1000;
    if (quirks["cloud-retry-after"] === "seconds") answer.headers.set("Retry-After", String(Math.ceil(wait / 1000)));
    if (quirks["cloud-retry-after"] === "date") answer.headers.set("Retry-After", new Date(seconds).toUTCString());
    return answer;
  }
}
