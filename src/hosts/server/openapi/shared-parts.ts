import type { Json } from "../../../core/steps.ts";
import type { Limits } from "../limits/limits.ts";
import { type ProblemCode, problemKinds } from "../routes/problem.ts";

/** A part of the document: plain data. */
export type Part = { [key: string]: Json };

/** A pointer to one of the shared parts. */
export function refTo(kind: "schemas" | "parameters" | "responses" | "headers", name: string): Part {
  return { $ref: `#/components/${kind}/${name}` };
}

const codes = Object.keys(problemKinds) as ProblemCode[];

/** The statuses that a problem may have, each with its codes. */
export const problemStatuses: ReadonlyMap<number, ProblemCode[]> = groupByStatus();

function groupByStatus(): Map<number, ProblemCode[]> {
  const groups = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = problemKinds[code];
    groups.set(status, [...(groups.get(status) ?? []), code]);
  }
  return new Map([...groups].sort(([one], [other]) => one - other));
}

/** What many operations have in common. */
export function sharedParts(limits: Limits): Part {
  return {
    securitySchemes: {
      token: { type: "http", scheme: "bearer", description: "A token made by pps tokens create." },
    },
    parameters: {
      profile: header("PPS-Profile", "Which of the served PPS is meant; without it the server's first.", {
        type: "string",
        minLength: 1,
      }),
      deadline: header("Request-Timeout", "How long the call may take, in seconds.", {
        type: "number",
        exclusiveMinimum: 0,
        maximum: limits.mostDeadlineSeconds,
        default: limits.deadlineSeconds,
      }),
      idempotencyKey: header(
        "Idempotency-Key",
        "Names the change, so that a repeat with the same key within 24 hours gets the first answer and changes nothing.",
        { type: "string", pattern: "^[!-~]{1,200}$" },
      ),
      dryRun: {
        name: "dryRun",
        in: "query",
        description: "Describes in the outcomes what would be sent, and sends nothing that changes anything.",
        schema: { type: "boolean", default: false },
      },
    },
    headers: {
      requestId: {
        description: "Whose number stands in the server's log and audit records.",
        schema: { type: "string" },
      },
      replayed: {
        description: "true where the answer is that of an earlier request with the same Idempotency-Key.",
        schema: { const: "true" },
      },
    },
    schemas: { Problem: problemSchema() },
    responses: Object.fromEntries([...problemStatuses].map(([status, group]) => [`problem${status}`, problem(group)])),
  };
}

function header(name: string, description: string, schema: Part): Part {
  return { name, in: "header", description, schema };
}

function problem(group: readonly ProblemCode[]): Part {
  const description = group.map((code) => `\`${code}\`: ${problemKinds[code].title}.`).join(" ");
  return {
    description,
    headers: { "X-Request-Id": refTo("headers", "requestId") },
    content: { "application/problem+json": { schema: refTo("schemas", "Problem") } },
  };
}

function problemSchema(): Part {
  const text = (description: string): Part => ({ type: "string", description });
  const number = (description: string): Part => ({ type: "number", description });
  return {
    type: "object",
    description:
      "What went wrong (RFC 9457). Decide by code, never by detail. A change that broke off carries the outcomes known by then, under the name of the command's list.",
    required: ["type", "title", "status", "detail", "code", "requestId"],
    properties: {
      type: { type: "string", format: "uri-reference" },
      title: text("What the code means."),
      status: { type: "integer", description: "The HTTP status." },
      detail: text("What happened."),
      code: { type: "string", enum: codes },
      hint: text("What to do about it."),
      field: text("The field, parameter or header that was refused."),
      requestId: text("Whose number stands in the server's log and audit records."),
      retryAfterSeconds: number("How long to wait before the next try."),
      mayHaveHappened: {
        type: "boolean",
        description: "True when a change may have taken effect: look before you repeat it.",
      },
      ppsStatus: number("HTTP status of PPS's answer."),
      ppsRequestId: text("Request id PPS sent back, for its support."),
    },
  };
}
