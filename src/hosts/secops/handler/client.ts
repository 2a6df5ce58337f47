import { createThreatProtection } from "../../../client/cloud/threat-protection.ts";
import { createTransport } from "../../../client/http/transport.ts";
import { readSettings } from "../../../client/options/settings.ts";
import { createClient } from "../../../client/pps.ts";
import { isPpsError } from "../../../core/errors.ts";
import type { Ask, Reply } from "../../../core/steps.ts";
import type { OpenClient } from "./site.ts";

/** Makes a client over connections of its own that tells which of its requests may have changed something. */
export const openClient: OpenClient = (options, changed) => {
  const settings = readSettings(options);
  const transport = createTransport(settings);
  const cloud = createThreatProtection(settings);
  return createClient(
    settings,
    {
      ...transport,
      async send(request, signal) {
        const answer = await watched(request, changed, () => transport.send(request, signal));
        if (answer.failure?.error.mayHaveHappened || mayHaveChanged(request, answer.reply)) changed(request);
        return answer;
      },
    },
    {
      ...cloud,
      async ask(request, signal, tell) {
        const reply = await watched(request, changed, () => cloud.ask(request, signal, tell));
        if (mayHaveChanged(request, reply)) changed(request);
        return reply;
      },
    },
  );
};

async function watched<T>(request: Ask, changed: (request: Ask) => void, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (isPpsError(error) && error.mayHaveHappened) changed(request);
    throw error;
  }
}

/** With a refusal PPS says that it changed nothing. */
function mayHaveChanged({ effect }: Ask, reply: Reply | undefined): boolean {
  if (effect === "read" || reply === undefined) return false;
  return !(reply.status >= 400 && reply.status < 500) && reply.status !== 503;
}
