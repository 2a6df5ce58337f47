import { type ErrorCode, errorCodes, isPpsError, type PpsError } from "../../../core/errors.ts";

/** What the server itself has to refuse, beside the codes of a command's errors. */
export type ServerCode =
  | "unauthenticated"
  | "forbidden"
  | "no_such_route"
  | "method_not_allowed"
  | "not_acceptable"
  | "too_large"
  | "unsupported_media_type"
  | "key_reused"
  | "still_running"
  | "outcome_unknown"
  | "too_many_requests"
  | "overloaded"
  | "stopping"
  | "deadline_passed"
  | "not_recorded"
  | "fault";

/** Every code that an answer may carry. */
export type ProblemCode = ErrorCode | ServerCode;

/** The HTTP status of every code, and what it means in a few words. */
export const problemKinds: Readonly<Record<ProblemCode, { status: number; title: string }>> = {
  bad_input: { status: errorCodes.bad_input.httpStatus, title: "The input was refused; nothing was sent to PPS" },
  denied: { status: errorCodes.denied.httpStatus, title: "PPS denied access to the server's account" },
  not_found: { status: errorCodes.not_found.httpStatus, title: "There is no such message, folder or user" },
  refused: { status: errorCodes.refused.httpStatus, title: "PPS understood and refused" },
  busy: { status: errorCodes.busy.httpStatus, title: "PPS is overloaded" },
  unreachable: { status: errorCodes.unreachable.httpStatus, title: "No whole answer came from PPS" },
  unexpected: { status: errorCodes.unexpected.httpStatus, title: "The answer of PPS cannot be read" },
  unauthenticated: { status: 401, title: "A valid token is missing" },
  forbidden: { status: 403, title: "The token does not allow this" },
  no_such_route: { status: 404, title: "There is no such address here" },
  method_not_allowed: { status: 405, title: "This address takes another method" },
  not_acceptable: { status: 406, title: "There is no answer of the kind asked for" },
  too_large: { status: 413, title: "The request is too large" },
  unsupported_media_type: { status: 415, title: "The request is no JSON" },
  key_reused: { status: 422, title: "The idempotency key belongs to another request" },
  still_running: { status: 409, title: "The call with this idempotency key is still under way" },
  outcome_unknown: { status: 504, title: "What became of the call with this idempotency key is unknown" },
  too_many_requests: { status: 429, title: "Too many requests with this token" },
  overloaded: { status: 503, title: "The server has as much to do as it takes" },
  stopping: { status: 503, title: "The server is stopping" },
  deadline_passed: { status: 504, title: "The time of the call was over" },
  not_recorded: { status: 503, title: "The change cannot be written down, so that it was not sent" },
  fault: { status: 500, title: "A fault of the server" },
};

/** What a problem says beside its code and its sentence; undefined counts as not known. */
export interface ProblemDetails {
  hint?: string | undefined;
  /** The field or header that was refused. */
  field?: string | undefined;
  retryAfterSeconds?: number | undefined;
  /** True when a change may have taken effect although this is all that is known of it. */
  mayHaveHappened?: boolean | undefined;
  /** Methods that the address takes, for `Allow`. */
  allow?: readonly string[] | undefined;
  cause?: unknown;
}

/** A request the server refuses or cannot finish, as `PpsError` is for a command. */
export class Problem extends Error {
  readonly code: ServerCode;
  readonly details: ProblemDetails;

  constructor(code: ServerCode, message: string, details: ProblemDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = "Problem";
    this.code = code;
    this.details = details;
  }
}

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

/** All that is told of a fault of the server's own. */
export const faultSentence = "Something went wrong in the server; its log says what.";

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
