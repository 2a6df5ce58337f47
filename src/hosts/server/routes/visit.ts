import { randomUUID } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { Problem, type ProblemCode } from "./problem.ts";
import { type ProblemBody, problemOf } from "./problem-answer.ts";

/** What is known of one request, for its answer and for the log; never a value that a caller sent. */
export interface Visit {
  requestId: string;
  /** The address as the server knows it, such as `/v1/quarantine/list`; `other` for all it does not know. */
  route: string;
  command?: string;
  profile?: string;
  /** Name of the token. */
  caller?: string;
  /** How an action of SecOps ended. */
  state?: string;
  /** Of the problem it was answered with. */
  code?: ProblemCode;
  /** What went wrong in the server itself. */
  fault?: unknown;
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

/** Says an error as a problem, and keeps for the log which it was. */
export function noteProblem(error: unknown, visit: Visit): ProblemBody {
  const body = problemOf(error, visit.requestId);
  visit.code = body.code;
  if (body.code === "fault") visit.fault = error instanceof Problem ? (error.cause ?? error) : error;
  return body;
}

/** Runs when the connection ends, however it does; at once where it has ended already. */
export function onceClosed({ env: { outgoing } }: VisitContext, listener: () => void): void {
  if (outgoing.destroyed) listener();
  else outgoing.once("close", listener);
}
