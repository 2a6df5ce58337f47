import { readToken, type Token, tokenForm } from "../../../commands/threat-protection/token.ts";
import { hostOf } from "./address.ts";
import type { Endpoint, Exchange } from "./exchange.ts";
import { repeat, type Spare } from "./repeat.ts";
import type { Settings } from "./settings.ts";
import { encodePairs } from "./uri-text.ts";

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
    Body: encodePairs(tokenForm(key?.clientId ?? "", key?.clientSecret ?? "")),
  };
  // A fetch changes nothing, so that it is repeated as a read is.
  const send = () => exchange(endpoint, { target: "", request, effect: "read", expect: "text" });
  const begun = Date.now();
  const answer = repeat("read", send, spare);
  if (answer.failure) throw answer.failure.error;
  return readToken(answer.reply, { host: hostOf(tokenUrl), hint: `Check the parameter ${parameter}.`, begun });
}
