import type { Ask } from "../../core/steps.ts";
import { authorize } from "../options/credentials.ts";
import type { Settings } from "../options/settings.ts";
import { ppsEndpoint } from "./endpoint.ts";
import { type Answer, createSender, outgoingOf } from "./sender.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** Sends single requests to one PPS, without repeating any. */
export interface Transport {
  /** Rejects as `Sender.send` does, and with PpsError `bad_input` where there is no password. */
  send(request: Ask, signal?: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/** The way to one PPS over connections of its own. Throws PpsError `bad_input` for a certificate that cannot be used. */
export function createTransport(settings: Settings): Transport {
  const sender = createSender(ppsEndpoint(settings), settings);
  return {
    async send(request, signal) {
      signal?.throwIfAborted();
      const authorization = await unlessAborted(authorize(settings.credentials), signal);
      return sender.send(outgoingOf(request), authorization, signal);
    },
    close: sender.close,
  };
}
