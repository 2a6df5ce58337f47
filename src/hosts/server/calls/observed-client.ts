import { createThreatProtection, type ThreatProtection } from "../../../client/cloud/threat-protection.ts";
import { createTransport, type Transport } from "../../../client/http/transport.ts";
import type { PpsOptions } from "../../../client/options/options.ts";
import { readSettings } from "../../../client/options/settings.ts";
import { createClient, type Pps } from "../../../client/pps.ts";
import { isPpsError, type PpsError } from "../../../core/errors.ts";
import type { Ask, Reply, Service } from "../../../core/steps.ts";
import { noteRequest } from "./call-trace.ts";

/** One request that went to PPS or to the cloud API. */
export interface ObservedRequest {
  service: Service;
  /** The HTTP status of the answer, or the code of the error in place of one. */
  result: string;
  seconds: number;
}

/**
 * A client whose requests are seen: by whoever counts them, and by the trace of the call they belong to. `changed` is told
 * of those after which something may be changed. Throws PpsError `bad_input` for options that cannot work.
 */
export function createObservedClient(
  options: PpsOptions,
  count: (request: ObservedRequest) => void,
  changed: (request: Ask) => void = () => {},
): Pps {
  // Whoever may call the server must not send it wherever he likes: unless hosts are named, no feed is fetched.
  const settings = readSettings({ ...options, feedHosts: options.feedHosts ?? [] });
  const observe: Observe = { count, changed };
  const transport = observeTransport(createTransport(settings), observe);
  return createClient(settings, transport, observeCloud(createThreatProtection(settings), observe));
}

function observeTransport(transport: Transport, observe: Observe): Transport {
  return {
    ...transport,
    send: (request, signal) =>
      observed("pps", request, observe, async () => {
        const answer = await transport.send(request, signal);
        return { returned: answer, reply: answer.reply, failure: answer.failure?.error };
      }),
  };
}

function observeCloud(cloud: ThreatProtection, observe: Observe): ThreatProtection {
  return {
    ...cloud,
    ask: (request, signal, tell) =>
      observed("threat-protection", request, observe, async () => {
        const reply = await cloud.ask(request, signal, tell);
        return { returned: reply, reply, failure: undefined };
      }),
  };
}

interface Observe {
  count(request: ObservedRequest): void;
  changed(request: Ask): void;
}

/** What came of a request: what is handed back, and the answer or the failure in it. */
interface Came<T> {
  returned: T;
  reply: Reply | undefined;
  failure: PpsError | undefined;
}

async function observed<T>(
  service: Service,
  request: Ask,
  { count, changed }: Observe,
  send: () => Promise<Came<T>>,
): Promise<T> {
  const began = performance.now();
  const tell = (result: string, mayHaveHappened: boolean, id?: string) => {
    count({ service, result, seconds: (performance.now() - began) / 1000 });
    const mayHaveChanged = request.effect !== "read" && mayHaveHappened;
    if (mayHaveChanged) changed(request);
    noteRequest({ mayHaveChanged, id });
  };
  try {
    const { returned, reply, failure } = await send();
    if (reply !== undefined) tell(String(reply.status), !isRefusal(reply.status), reply.requestId);
    else tell(failure?.code ?? "aborted", failure?.mayHaveHappened === true);
    return returned;
  } catch (error) {
    // The client gives a change that has left its moment to be answered: what is merely cut off had not left.
    if (isPpsError(error)) tell(error.code, error.mayHaveHappened === true);
    else tell("aborted", false);
    throw error;
  }
}

/** With these PPS says that it changed nothing. */
function isRefusal(status: number): boolean {
  return (status >= 400 && status < 500) || status === 503;
}
