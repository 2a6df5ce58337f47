import { PpsError } from "../../core/errors.ts";
import type { Reply } from "../../core/steps.ts";
import { keyHint, parseJson, requireSuccess, wordsOf } from "../answers.ts";
import { isRecord } from "../wire.ts";

/** A token of the cloud API. */
export interface Token {
  token: string;
  /** When a new one is fetched instead: a little before its end, by the clock that `begun` was read from. */
  renewAt: number;
}

/** What is known of the request that a token answers. */
export interface TokenRequest {
  /** Host of the token server, for sentences. */
  host: string;
  /** What to check where something else than a token server answered. */
  hint: string;
  /** When the request began, in milliseconds: the token's life began somewhere within it. */
  begun: number;
}

/** What is assumed where the answer does not say how long a token is good (pps-api.md 7). */
const assumedSeconds = 3600;
const longestMarginMs = 60_000;

/** The form by which a key asks for a token (pps-api.md 7). */
export function tokenForm(clientId: string, clientSecret: string): readonly [name: string, value: string][] {
  return [
    ["grant_type", "client_credentials"],
    ["client_id", clientId],
    ["client_secret", clientSecret],
  ];
}

/**
 * Reads the token server's answer. Throws PpsError: `denied` for a wrong key. No word of a successful answer enters an
 * error: a token may stand in it under another name.
 */
export function readToken(reply: Reply, { host, hint, begun }: TokenRequest): Token {
  const { status, requestId } = reply;
  const details = { status, requestId };
  if (status === 400 || status === 401 || status === 403) {
    const words = wordsOf(reply);
    throw new PpsError("denied", `${host} refused client id or client secret (${status})${words && `: ${words}`}`, {
      ...details,
      hint: keyHint,
    });
  }
  const what = `a token from ${host}`;
  if (status === 429 || status === 503) requireSuccess(reply, { what, access: "Threat Protection" });
  if (status < 200 || status > 299) {
    const words = wordsOf(reply);
    throw new PpsError("unexpected", `Status ${status} came instead of ${what}${words && `: ${words}`}`, {
      ...details,
      hint,
    });
  }
  const body = parseJson(reply.text);
  const { access_token: token, expires_in: life }: { access_token?: unknown; expires_in?: unknown } = isRecord(body)
    ? body
    : {};
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) {
    throw new PpsError("unexpected", `An answer without a token came instead of ${what}.`, { ...details, hint });
  }
  const lifeMs = readSeconds(life) * 1000;
  return { token, renewAt: begun + lifeMs - Math.min(lifeMs / 10, longestMarginMs) };
}

function readSeconds(life: unknown): number {
  const seconds = life === undefined || life === null || life === "" ? -1 : Number(life);
  return seconds >= 0 ? seconds : assumedSeconds;
}
