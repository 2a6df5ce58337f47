import { readToken, tokenForm } from "../../commands/threat-protection/token.ts";
import { PpsError } from "../../core/errors.ts";
import type { Ask } from "../../core/steps.ts";
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
    const form = new URLSearchParams(tokenForm(key.clientId, secret));
    const content = { type: "application/x-www-form-urlencoded", text: form.toString() };
    const redact = createRedactor([secret]);
    const identity: Authorization = { header: undefined, redact, redactToken: redact };
    const begun = settings.monotonic();
    const send = () => sender.send({ ...fetching, target: "", content }, identity, signal);
    const reply = await sendWithRetry(fetching, send, settings, signal);
    const { token, renewAt } = readToken(reply, { host: url.host, hint: addressHint, begun });
    return { authorization: bearer(token, secret), renewAt };
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
