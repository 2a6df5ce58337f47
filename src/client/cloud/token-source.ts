import { keyHint, parseJson, requireSuccess, wordsOf } from "../../commands/answers.ts";
import { isRecord } from "../../commands/wire.ts";
import { PpsError } from "../../core/errors.ts";
import type { Ask, Reply } from "../../core/steps.ts";
import { sendWithRetry } from "../http/retry.ts";
import { createSender } from "../http/sender.ts";
import { unlessAborted } from "../http/unless-aborted.ts";
import type { CloudKey } from "../options/cloud-settings.ts";
import { type Authorization, createRedactor } from "../options/credentials.ts";
import type { Settings } from "../options/settings.ts";
import { cloudEndpoint } from "./cloud-endpoint.ts";

/** Hands out the token that calls of the cloud API carry; for one caller at a time. */
export interface TokenSource {
  /**
   * The token at hand, or a new one when there is none or it soon ends. Throws PpsError: `denied` for a wrong key, and
   * never with `mayHaveHappened`, since nothing was sent to the API.
   */
  current(signal?: AbortSignal): Promise<Authorization>;
  /** Makes the next call fetch a new one: the API refused the one at hand. */
  discard(): void;
  close(): Promise<void>;
}

const place = { option: "cloudTokenUrl", variable: "PPS_CLOUD_TOKEN_URL" } as const;
const addressHint = `Check the address (option ${place.option}, ${place.variable}).`;

/** What is assumed where the answer does not say how long a token is good (pps-api.md 7). */
const assumedSeconds = 3600;
const longestMarginMs = 60_000;

/** A fetch changes nothing, so that it is repeated as a read is. */
const fetching: Ask = { kind: "ask", method: "POST", path: "", effect: "read", expect: "text" };

/** Fetches tokens by the client credentials of a key (pps-api.md 7) and keeps the latest in memory. */
export function createTokenSource(settings: Settings, key: CloudKey): TokenSource {
  const { token: address } = settings.cloud;
  const { url } = address;
  const server = { ...address, ...place, speaker: "The token server", basePath: url.pathname };
  const sender = createSender(cloudEndpoint(server, settings.tls), { ...settings, concurrency: 1 });
  let kept: { authorization: Authorization; renewAt: number } | undefined;

  async function fetchToken(signal: AbortSignal | undefined) {
    const secret = await unlessAborted(Promise.resolve(key.clientSecret()), signal);
    if (typeof secret !== "string" || secret === "") {
      throw new PpsError("bad_input", "The client secret is empty.", { field: "cloudClientSecret" });
    }
    const form = { grant_type: "client_credentials", client_id: key.clientId, client_secret: secret };
    const content = { type: "application/x-www-form-urlencoded", text: new URLSearchParams(form).toString() };
    const redact = createRedactor([secret]);
    const identity: Authorization = { header: undefined, redact, redactToken: redact };
    // Counted from before the request: the token's life began somewhere within it.
    const begun = settings.monotonic();
    const send = () => sender.send({ ...fetching, target: "", content }, identity, signal);
    const reply = await sendWithRetry(fetching, send, settings, signal);
    const { token, seconds } = readToken(reply, url.host);
    const life = seconds * 1000;
    return { authorization: bearer(token, secret), renewAt: begun + life - Math.min(life / 10, longestMarginMs) };
  }

  return {
    async current(signal) {
      signal?.throwIfAborted();
      if (kept === undefined || settings.monotonic() >= kept.renewAt) kept = await fetchToken(signal);
      return kept.authorization;
    },
    discard() {
      kept = undefined;
    },
    close: sender.close,
  };
}

function bearer(token: string, secret: string): Authorization {
  return {
    header: `Bearer ${token}`,
    redactToken: createRedactor([token]),
    redact: createRedactor([token, secret]),
  };
}

/** No word of a successful answer enters an error: a token may stand in it under another name. */
function readToken(reply: Reply, host: string): { token: string; seconds: number } {
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
      hint: addressHint,
    });
  }
  const body = parseJson(reply.text);
  const { access_token: token, expires_in: life } = isRecord(body) ? body : {};
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) {
    throw new PpsError("unexpected", `An answer without a token came instead of ${what}.`, {
      ...details,
      hint: addressHint,
    });
  }
  const seconds = life === undefined || life === null || life === "" ? Number.NaN : Number(life);
  return { token, seconds: seconds >= 0 ? seconds : assumedSeconds };
}
