import { PpsError } from "../../../core/errors.ts";
import type { Limits } from "./limits.ts";

/** How long a call may take, in seconds: what `Request-Timeout` says, within bounds. Throws PpsError `bad_input`. */
export function readDeadline(header: string | undefined, limits: Limits): number {
  if (header === undefined) return limits.deadlineSeconds;
  const seconds = Number(header);
  if (/^\d{1,6}(\.\d{1,3})?$/.test(header) && seconds > 0 && seconds <= limits.mostDeadlineSeconds) return seconds;
  throw new PpsError("bad_input", `Request-Timeout takes seconds from 0.001 to ${limits.mostDeadlineSeconds}.`, {
    field: "Request-Timeout",
  });
}
