import { parseJson, requireSuccess, wordsOf } from "../../../commands/answers.ts";
import { isRecord } from "../../../commands/wire.ts";
import { PpsError } from "../../../core/errors.ts";
import type { Reply } from "../../../core/steps.ts";
import { hostOf } from "./address.ts";
import type { Endpoint, Exchange } from "./exchange.ts";
import { repeat, type Spare } from "./repeat.ts";
import type { Settings } from "./settings.ts";
import { encodePairs } from "./uri-text.ts";

/** A token, and how long it is good. */
export interface Token {
  token: string;
  seconds: number;
}

/** What is assumed where the answer does not say how long a token is good (pps-api.md 7). */
const assumedSeconds = 3600;

const parameter = "Threat Protection Token URL";

/** Fetches a token by the client credentials of a key (pps-api.md 7). Throws PpsError: `denied` for a wrong key. */
export function fetchToken(settings: Settings, exchange: Exchange, spare: Spare): Token {
  const { key, tokenUrl } = settings.cloud;
  const endpoint: Endpoint = {
    speaker: "The token server",
    base: tokenUrl,
    parameter,
    insecure: false,
    useProxy: settings.useProxy,
    timeoutSeconds: settings.timeoutSeconds,
  };
  const request = {
    Method: "POST",
    Headers: { Accept: ["application/json"], "Content-Type": ["application/x-www-form-urlencoded"] },
    Body: encodePairs([
      ["grant_type", "client_credentials"],
      ["client_id", key?.clientId ?? ""],
      ["client_secret", key?.clientSecret ?? ""],
    ]),
  };
  // A fetch changes nothing, so that it is repeated as a read is.
  const send = () => exchange(endpoint, { target: "", request, effect: "read", expect: "text" });
  const answer = repeat("read", send, spare);
  if (answer.failure) throw answer.failure.error;
  return readToken(answer.reply, hostOf(tokenUrl));
}

/** No word of a successful answer enters an error: a token may stand in it under another name. */
function readToken(reply: Reply, host: string): Token {
  const { status, requestId } = reply;
  const hint = `Check the parameter ${parameter}.`;
  const said = wordsOf(reply);
  if (status === 400 || status === 401 || status === 403) {
    throw new PpsError("denied", `${host} refused client id or client secret (${status})${said && `: ${said}`}`, {
      status,
      requestId,
      hint: "Check client id and client secret; a key that was deleted or has expired is refused too.",
    });
  }
  const what = `a token from ${host}`;
  if (status === 429 || status === 503) requireSuccess(reply, { what, access: "Threat Protection" });
  if (status > 299) {
    throw new PpsError("unexpected", `Status ${status} came instead of ${what}${said && `: ${said}`}`, {
      status,
      requestId,
      hint,
    });
  }
  const body = parseJson(reply.text);
  const { access_token: token, expires_in: life }: { access_token?: unknown; expires_in?: unknown } = isRecord(body)
    ? body
    : {};
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) {
    throw new PpsError("unexpected", `An answer without a token came instead of ${what}.`, { status, requestId, hint });
  }
  const seconds = life === undefined || life === null || life === "" ? -1 : Number(life);
  return { token, seconds: seconds >= 0 ? seconds : assumedSeconds };
}
