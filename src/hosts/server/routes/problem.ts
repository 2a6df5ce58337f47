import { type ErrorCode, errorCodes } from "../../../core/errors.ts";

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

/** All that is told of a fault of the server's own. */
export const faultSentence = "Something went wrong in the server; its log says what.";

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
