import { cloudRate } from "../../commands/threat-protection/cloud-api.ts";
import { PpsError } from "../../core/errors.ts";
import type { Ask, Reply } from "../../core/steps.ts";
import { sendWithRetry } from "../http/retry.ts";
import { type Answer, createSender, outgoingOf } from "../http/sender.ts";
import type { Sleep } from "../options/options.ts";
import type { Settings } from "../options/settings.ts";
import { cloudEndpoint } from "./cloud-endpoint.ts";
import { type Pace, paceOf } from "./pace.ts";
import { createTokenSource } from "./token-source.ts";

/** The cloud API of one client (pps-api.md 7). */
export interface ThreatProtection {
  /**
   * Sends a request when its turn has come, again where that does no harm, and gives the answer whatever its status.
   * `tell` is told of long waits. Throws PpsError, or the signal's reason.
   */
  ask(request: Ask, signal: AbortSignal, tell: (text: string) => void): Promise<Reply>;
  /** Fetches a token unless one is at hand. Throws PpsError where the key or the way to the token server is wrong. */
  signIn(signal: AbortSignal | undefined): Promise<void>;
  close(): Promise<void>;
}

/** Waits from here on are worth a word. */
const toldFromMs = 5000;

/**
 * The way to the cloud API; connections are made by the first request. One request at a time goes out, in the order they
 * came, and repeats keep their place, so that this process never exceeds the key's rate.
 */
export function createThreatProtection(settings: Settings): ThreatProtection {
  const pace = paceOf(settings);
  let line: Line | undefined;
  const open = () => {
    line ??= createLine(settings, pace);
    return line;
  };

  return {
    ask(request, signal, tell) {
      const sleep: Sleep = (milliseconds, stop) => {
        if (milliseconds >= toldFromMs) {
          tell(`waiting ${Math.ceil(milliseconds / 1000)} seconds before the next call to Threat Protection`);
        }
        return settings.sleep(milliseconds, stop);
      };
      const options = { ...settings, sleep, pauseMs: cloudRate.windowMs };
      return pace.turns.run(async () => {
        const { send } = open();
        return sendWithRetry(request, () => send(request, sleep, signal), options, signal);
      }, signal);
    },
    signIn: (signal) => pace.turns.run(() => open().signIn(signal), signal),
    close: async () => line?.close(),
  };
}

interface Line {
  send(request: Ask, sleep: Sleep, signal: AbortSignal): Promise<Answer>;
  signIn(signal: AbortSignal | undefined): Promise<void>;
  close(): Promise<void>;
}

function createLine(settings: Settings, { window }: Pace): Line {
  const { api, key, threatProtection } = settings.cloud;
  if (key === undefined) {
    throw new PpsError("bad_input", `For Threat Protection ${threatProtection.missing.join(" and ")} must be set.`, {
      hint: "A key is made in Proofpoint's admin portal; pps config show tells what is set.",
    });
  }
  const tokens = createTokenSource(settings, key);
  const server = { ...api, speaker: "Threat Protection", basePath: "", option: "cloudUrl", variable: "PPS_CLOUD_URL" };
  const sender = createSender(cloudEndpoint(server, settings.tls), { ...settings, concurrency: 1 });

  async function sendOnce(request: Ask, sleep: Sleep, signal: AbortSignal): Promise<Answer> {
    // The token comes after the wait, in which it may end.
    await window.waitForRoom(sleep, signal);
    const authorization = await tokens.current(signal);
    let reached = true;
    try {
      const answer = await sender.send(outgoingOf(request), authorization, signal);
      reached = answer.failure?.sent ?? true;
      return answer;
    } finally {
      if (reached) window.count();
    }
  }

  return {
    async send(request, sleep, signal) {
      const answer = await sendOnce(request, sleep, signal);
      if (answer.reply?.status !== 401) return answer;
      // Tokens may end before their time; a request that was not let in has done nothing.
      tokens.discard();
      return sendOnce(request, sleep, signal);
    },
    signIn: async (signal) => {
      await tokens.current(signal);
    },
    close: async () => {
      await Promise.all([tokens.close(), sender.close()]);
    },
  };
}
