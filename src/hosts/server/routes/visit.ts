import { randomUUID } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

/** What is known of one request, for its answer and for the log; never a value that a caller sent. */
export interface Visit {
  requestId: string;
  /** The address as the server knows it, such as `/v1/quarantine/list`; `other` for all it does not know. */
  route: string;
  command?: string;
  profile?: string;
  /** Name of the token. */
  caller?: string;
  /** Of the problem it was answered with. */
  code?: string;
}

/** Hono's context as the routes here have it. */
export interface VisitEnvironment {
  Bindings: HttpBindings;
  Variables: { visit: Visit };
}

/** The context of one request. */
export type VisitContext = Context<VisitEnvironment>;

/** A visit of which nothing is known but that it began. */
export function newVisit(): Visit {
  return { requestId: randomUUID(), route: "other" };
}
