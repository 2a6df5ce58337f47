import type { ErrorCode, PpsError } from "../../core/errors.ts";

/** One thing that was looked at, and what to do about it. */
export interface Finding {
  /** What was looked at, such as `certificate` or `module Quarantine`. */
  check: string;
  /** `skipped`: an earlier finding makes it pointless. */
  state: "ok" | "warn" | "fail" | "skipped";
  /** What was found: a sentence or two. */
  found: string;
  /** What to do about it. */
  fix?: string;
  /** Of a failed check: the code a command's error would have. */
  code?: ErrorCode;
}

/** A check that went well. */
export function ok(check: string, found: string): Finding {
  return { check, state: "ok", found };
}

/** A check that went well but deserves attention. */
export function warn(check: string, found: string, fix: string): Finding {
  return { check, state: "warn", found, fix };
}

/** A check that explains why commands do not work: the error they would end with, or one told better. */
export function fail(check: string, { code, message, hint }: Pick<PpsError, "code" | "message" | "hint">): Finding {
  return { check, state: "fail", code, found: message, ...(hint === undefined ? {} : { fix: hint }) };
}

/** A check that an earlier finding makes pointless. */
export function skipped(check: string, found: string): Finding {
  return { check, state: "skipped", found };
}
