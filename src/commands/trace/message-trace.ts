import { isPpsError, PpsError } from "../../core/errors.ts";
import { collect } from "../../core/overhearing.ts";
import type { Steps } from "../../core/steps.ts";
import { searchTrace, type TraceListing, type TraceQuery } from "./listing.ts";
import type { TraceRecord } from "./record.ts";

/** Records of one message that are looked at. */
const mostRecords = 100;

/** What the trace holds of one message. */
export interface MessageTrace {
  trace: TraceRecord[];
  /** Why it could not be read, or not to its end: what it lacks then says nothing of the message. */
  traceError?: PpsError;
  /** PPS gave a part of it. */
  isCut?: true;
}

/** Reads what the trace holds of the message with this GUID. A trace that cannot be read is no failure: the answer tells. */
export function* readMessageTrace(
  order: Pick<TraceQuery, "guid" | "since" | "keepsRecords">,
  now: number,
): Steps<MessageTrace> {
  try {
    const steps = searchTrace({ ...order, limit: mostRecords }, now);
    const { items: trace, result } = yield* collect<TraceRecord, TraceListing>(steps);
    if (!result.truncated) return { trace };
    const cut = `PPS gave only a part of the trace. ${result.notes.join(" ")}`;
    return { trace, traceError: new PpsError("unexpected", cut), isCut: true };
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return { trace: [], traceError: error };
  }
}
