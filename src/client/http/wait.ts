import type { Sleep } from "../options/options.ts";

/** However a sleep puts it that it was aborted, the reason is the signal's. */
export async function waitOut(milliseconds: number, sleep: Sleep, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
