import type { Ask } from "../../../core/steps.ts";
import type { Outgoing } from "./exchange.ts";
import type { HttpRequest } from "./host-globals.ts";
import { encodePairs } from "./uri-text.ts";

/** A command's request in the host's words: its query encoded, its body as JSON. */
export function outgoingOf(ask: Ask, headers: HttpRequest["Headers"] = {}): Outgoing {
  const { method, path, query = [], body, effect, expect } = ask;
  const request: HttpRequest = {
    Method: method,
    Headers: { Accept: [expect === "file" ? "*/*" : "application/json"], ...headers },
  };
  if (body !== undefined) {
    request.Headers["Content-Type"] = ["application/json"];
    request.Body = JSON.stringify(body);
  }
  return { target: query.length === 0 ? path : `${path}?${encodePairs(query)}`, request, effect, expect };
}
