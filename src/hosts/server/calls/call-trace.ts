import { AsyncLocalStorage } from "node:async_hooks";

/** What one call of a command sent, as far as others must know. */
export interface CallTrace {
  /** Requests after which something may be changed. */
  mayHaveChanged: number;
  /** The ids PPS gave to requests of the call, in the order of their answers; at most 100. */
  ppsRequestIds: string[];
}

const mostIds = 100;
const current = new AsyncLocalStorage<CallTrace>();

/** A trace of nothing yet. */
export function emptyTrace(): CallTrace {
  return { mayHaveChanged: 0, ppsRequestIds: [] };
}

/** Runs the work with its trace at hand for everything it awaits. */
export function traced<T>(trace: CallTrace, work: () => Promise<T>): Promise<T> {
  return current.run(trace, work);
}

/** Notes a request of the call under way, if any. */
export function noteRequest(request: { mayHaveChanged: boolean; id: string | undefined }): void {
  const trace = current.getStore();
  if (trace === undefined) return;
  if (request.mayHaveChanged) trace.mayHaveChanged++;
  if (request.id !== undefined && trace.ppsRequestIds.length < mostIds) trace.ppsRequestIds.push(request.id);
}
