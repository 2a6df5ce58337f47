import { createThreatProtection, type ThreatProtection } from "../../../client/cloud/threat-protection.ts";
import { createTransport, type Transport } from "../../../client/http/transport.ts";
import type { PpsOptions } from "../../../client/options/options.ts";
import { readSettings } from "../../../client/options/settings.ts";
import { createClient, type Pps } from "../../../client/pps.ts";
import { isPpsError } from "../../../core/errors.ts";
import type { Service } from "../../../core/steps.ts";
import { noteRequest } from "./call-trace.ts";

/** One request that went to PPS or to the cloud API. */
export interface ObservedRequest {
  service: Service;
  /** The HTTP status of the answer, or the code of the error in place of one. */
  result: string;
  seconds: number;
}

/**
 * A client whose requests are seen: by whoever counts them, and by the trace of the call they belong to.
 * Throws PpsError `bad_input` for options that cannot work.
 */
export function createObservedClient(options: PpsOptions, observe: (request: ObservedRequest) => void): Pps {
  const settings = readSettings(options);
  const transport = observeTransport(createTransport(settings), observe);
  return createClient(settings, transport, observeCloud(createThreatProtection(settings), observe));
}

function observeTransport(transport: Transport, observe: (request: ObservedRequest) => void): Transport {
  return {
    ...transport,
    async send(request, signal) {
      const began = performance.now();
      const isChange = request.effect !== "read";
      const tell = (result: string, mayHaveArrived: boolean, id?: string) => {
        observe({ service: "pps", result, seconds: (performance.now() - began) / 1000 });
        noteRequest({ isChange, mayHaveArrived, id });
      };
      try {
        const { reply, failure } = await transport.send(request, signal);
        if (failure === undefined) tell(String(reply.status), true, reply.requestId);
        else tell(failure.error.code, failure.mayHaveHappened);
        return failure === undefined ? { reply } : { failure };
      } catch (error) {
        // Cut off, or led elsewhere: whether it arrived is not known.
        tell(isPpsError(error) ? error.code : "aborted", !isPpsError(error) || error.mayHaveHappened === true);
        throw error;
      }
    },
  };
}

function observeCloud(cloud: ThreatProtection, observe: (request: ObservedRequest) => void): ThreatProtection {
  return {
    ...cloud,
    async ask(request, signal, tell) {
      const began = performance.now();
      const isChange = request.effect !== "read";
      const note = (result: string, mayHaveArrived: boolean, id?: string) => {
        observe({ service: "threat-protection", result, seconds: (performance.now() - began) / 1000 });
        noteRequest({ isChange, mayHaveArrived, id });
      };
      try {
        const reply = await cloud.ask(request, signal, tell);
        note(String(reply.status), true, reply.requestId);
        return reply;
      } catch (error) {
        note(isPpsError(error) ? error.code : "aborted", !isPpsError(error) || error.mayHaveHappened === true);
        throw error;
      }
    },
  };
}
