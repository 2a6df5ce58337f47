import { isPpsError, type PpsError } from "../../../core/errors.ts";
import { faultSentence, Problem, type ProblemCode, problemKinds } from "./problem.ts";

/** An error as an answer (RFC 9457). */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  hint?: string | undefined;
  field?: string | undefined;
  /** Whose number stands in the server's log and audit records. */
  requestId: string;
  retryAfterSeconds?: number | undefined;
  mayHaveHappened?: boolean | undefined;
  /** HTTP status of PPS's answer, and the id it gave the request. */
  ppsStatus?: number | undefined;
  ppsRequestId?: string | undefined;
  [more: string]: unknown;
}

/** Says an error as a problem; what is neither a command's error nor a refusal is a fault, of which nothing is told. */
export function problemOf(error: unknown, requestId: string): ProblemBody {
  if (isPpsError(error)) return ppsProblem(error, requestId);
  if (error instanceof Problem) {
    const { hint, field, retryAfterSeconds, mayHaveHappened } = error.details;
    return compose(error.code, error.message, requestId, { hint, field, retryAfterSeconds, mayHaveHappened });
  }
  return compose("fault", faultSentence, requestId, {
    hint: "Name the request id to whoever runs the server.",
  });
}

function ppsProblem(error: PpsError, requestId: string): ProblemBody {
  const { hint, field, retryAfterSeconds, mayHaveHappened, status, requestId: ppsRequestId } = error;
  const details = { hint, field, retryAfterSeconds, mayHaveHappened, ppsStatus: status, ppsRequestId };
  return compose(error.code, error.message, requestId, details);
}

function compose(code: ProblemCode, detail: string, requestId: string, more: Partial<ProblemBody>): ProblemBody {
  const { status, title } = problemKinds[code];
  return { type: `/docs#${code}`, title, status, detail, code, ...more, requestId };
}

/** The answer that carries a problem. */
export function problemResponse(body: ProblemBody, allow?: readonly string[]): Response {
  const headers = new Headers({ "content-type": "application/problem+json" });
  const { retryAfterSeconds } = body;
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(Math.max(1, Math.ceil(retryAfterSeconds))));
  else if (body.status === 503) headers.set("retry-after", "5");
  if (body.code === "unauthenticated") headers.set("www-authenticate", 'Bearer realm="proofpoint-ps"');
  if (allow !== undefined) headers.set("allow", allow.join(", "));
  return new Response(`${JSON.stringify(body)}\n`, { status: body.status, headers });
}
