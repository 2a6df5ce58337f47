import { cloudRate } from "../../../commands/threat-protection/cloud-api.ts";
import { PpsError } from "../../../core/errors.ts";
import type { Ask } from "../../../core/steps.ts";
import { formatTime } from "../../../core/time.ts";
import { fetchToken } from "./cloud-token.ts";
import type { Answer, Endpoint, Exchange } from "./exchange.ts";
import type { XsoarHost } from "./host-globals.ts";
import { type CloudState, keepCloudState, readCloudState } from "./kept-state.ts";
import { outgoingOf } from "./outgoing.ts";
import type { Redaction } from "./redaction.ts";
import { repeat, type Spare } from "./repeat.ts";
import type { Settings } from "./settings.ts";

/** Proofpoint's cloud API for the organisation's lists (pps-api.md 7). */
export interface Cloud {
  /** Sends a request within the key's rate. Throws PpsError: `busy` where the rate leaves no room in time. */
  ask(request: Ask): Answer;
  /** Sees to it that there is a token. Throws PpsError where the key or the way to the token server is wrong. */
  signIn(): void;
}

const { calls: callsPerWindow, windowMs } = cloudRate;

/** The way to the cloud API; token and rate are kept between runs, since every command is a run of its own. */
export function createCloud(
  host: XsoarHost,
  settings: Settings,
  exchange: Exchange,
  redaction: Redaction,
  spare: Spare,
): Cloud {
  const { key, tokenUrl, url, threatProtection } = settings.cloud;
  const endpoint: Endpoint = {
    speaker: "Threat Protection",
    base: url,
    parameter: "Threat Protection API URL",
    // What is said of PPS's certificate does not go for the cloud's.
    insecure: false,
    useProxy: settings.useProxy,
    timeoutSeconds: settings.timeoutSeconds,
  };
  let state: CloudState | undefined;

  function open(): CloudState {
    if (key === undefined) {
      throw new PpsError("bad_input", `For Threat Protection ${threatProtection.missing.join(" and ")} must be set.`, {
        hint: "A key is made in Proofpoint's admin portal.",
      });
    }
    if (state === undefined) {
      state = readCloudState(host, key.clientId, tokenUrl);
      if (state.token !== undefined) redaction.add(state.token);
    }
    return state;
  }

  function currentToken(at: CloudState): string {
    if (at.token !== undefined && (at.renewAt ?? 0) > Date.now()) return at.token;
    const { token, renewAt } = fetchToken(settings, exchange, spare);
    redaction.add(token);
    at.token = token;
    at.renewAt = renewAt;
    keepCloudState(host, at);
    return token;
  }

  function waitForRoom(at: CloudState): void {
    const now = Date.now();
    // What other runs with the same key have kept meanwhile is counted too.
    const { calls } = readCloudState(host, at.clientId, at.tokenUrl);
    at.calls = calls.filter((time) => time <= now && time > now - windowMs);
    const oldest = at.calls[at.calls.length - callsPerWindow];
    if (oldest === undefined) return;
    if (spare(Math.ceil((oldest + windowMs - now) / 1000))) return;
    const retryAfterSeconds = Math.ceil((oldest + windowMs - now) / 1000);
    throw new PpsError("busy", `The key's ${callsPerWindow} calls a minute to Threat Protection are used up.`, {
      retryAfterSeconds,
      hint: `Nothing was sent; try again at ${formatTime(oldest + windowMs + 1000)}.`,
    });
  }

  function sendOnce(request: Ask, at: CloudState): Answer {
    waitForRoom(at);
    // The token comes after the wait, in which it may end.
    const answer = exchange(endpoint, outgoingOf(request, { Authorization: [`Bearer ${currentToken(at)}`] }));
    at.calls.push(Date.now());
    keepCloudState(host, at);
    return answer;
  }

  return {
    ask(request) {
      const at = open();
      const send = (): Answer => {
        const answer = sendOnce(request, at);
        if (answer.reply?.status !== 401) return answer;
        // Tokens may end before their time; a request that was not let in has done nothing.
        delete at.token;
        return sendOnce(request, at);
      };
      return repeat(request.effect, send, spare, windowMs / 1000);
    },
    signIn() {
      currentToken(open());
    },
  };
}
