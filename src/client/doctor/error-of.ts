import { isPpsError, type PpsError } from "../../core/errors.ts";

/** The PpsError a call ends with, if any; faults of our own and an abort come out as they are. */
export async function errorOf(call: Promise<unknown>, signal: AbortSignal | undefined): Promise<PpsError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    signal?.throwIfAborted();
    if (!isPpsError(error)) throw error;
    return error;
  }
}
