import { PpsError } from "./errors.ts";
import { withoutKeys } from "./shown-address.ts";
import type { Reply } from "./steps.ts";

/** What is known of a request that was answered with a redirect. */
export interface RedirectedRequest {
  /** Who answered, as a sentence begins with it. */
  speaker: string;
  /** The request may change something. */
  change: boolean;
  hint: string;
}

/**
 * States the redirect of an API as an error: none is followed there, since a login page or another server must not get the
 * secrets. (Those of feeds are, three times at most; none of PPS's secrets goes with them.) The answer's headers must be free
 * of secrets already.
 */
export function redirectError(
  { status, headers, requestId }: Pick<Reply, "status" | "headers" | "requestId">,
  { speaker, change, hint }: RedirectedRequest,
): PpsError {
  const place = withoutKeys((headers.location ?? "").replace(/[^\x21-\x7e]+/g, "")).slice(0, 200);
  return new PpsError("unexpected", `${speaker} answered with a redirect (${status})${place && ` to ${place}`}.`, {
    status,
    requestId,
    // Some servers lead on to another page after they have done what was asked.
    ...(change ? { mayHaveHappened: true } : {}),
    hint,
  });
}
