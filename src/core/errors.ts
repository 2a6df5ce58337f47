/** Why a command could not do what was asked; decide by this, never by the message. */
export type ErrorCode = "bad_input" | "denied" | "not_found" | "refused" | "busy" | "unreachable" | "unexpected";

/** What each code means to a shell and to an HTTP caller. 1 and 500 stand for a fault of our own. */
export const errorCodes: Readonly<Record<ErrorCode, { exitCode: number; httpStatus: number }>> = {
  bad_input: { exitCode: 2, httpStatus: 400 },
  denied: { exitCode: 3, httpStatus: 502 },
  not_found: { exitCode: 4, httpStatus: 404 },
  refused: { exitCode: 5, httpStatus: 422 },
  busy: { exitCode: 6, httpStatus: 503 },
  unreachable: { exitCode: 7, httpStatus: 504 },
  unexpected: { exitCode: 8, httpStatus: 502 },
};

/** What is known of an error beside its code and message; undefined counts as not known. */
export interface ErrorDetails {
  /** What the user can do about it: one sentence. */
  hint?: string;
  /** HTTP status of the answer, when there was one. */
  status?: number;
  /** The request id PPS or a proxy sent back, for their support. */
  requestId?: string;
  /** Seconds PPS asked us to wait, from `Retry-After`. */
  retryAfterSeconds?: number;
  /** True when a change may have taken effect although no usable answer came back. */
  mayHaveHappened?: boolean;
  /** The field that was refused, by its own name in the catalogue. */
  field?: string;
  cause?: unknown;
}

/** The one error of this product. No password, token or Authorization header ever enters it. */
export class PpsError extends Error {
  readonly code: ErrorCode;
  // Declared, not defined: what an error has no word for is no property of it.
  declare readonly hint?: string;
  declare readonly status?: number;
  declare readonly requestId?: string;
  declare readonly retryAfterSeconds?: number;
  declare readonly mayHaveHappened?: boolean;
  declare readonly field?: string;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    // Own properties only: an ES5 engine may lose the prototype of a class derived from Error.
    this.name = "PpsError";
    this.message = message;
    this.code = code;
    if (details.hint !== undefined) this.hint = details.hint;
    if (details.status !== undefined) this.status = details.status;
    if (details.requestId !== undefined) this.requestId = details.requestId;
    if (details.retryAfterSeconds !== undefined) this.retryAfterSeconds = details.retryAfterSeconds;
    if (details.mayHaveHappened !== undefined) this.mayHaveHappened = details.mayHaveHappened;
    if (details.field !== undefined) this.field = details.field;
    if (details.cause !== undefined) (this as { cause?: unknown }).cause = details.cause;
  }
}

/** True for our error, also one made by another copy of this code. */
export function isPpsError(value: unknown): value is PpsError {
  if (typeof value !== "object" || value === null) return false;
  const candidate = value as { name?: unknown; code?: unknown };
  return candidate.name === "PpsError" && Object.keys(errorCodes).indexOf(String(candidate.code)) >= 0;
}
