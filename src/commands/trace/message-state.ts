import type { TraceRecord } from "./record.ts";

/**
 * Where a message is: `held` in quarantine, `delivered` to its recipients, `stopped` (rejected, discarded or held no more),
 * or `unclear` where the trace does not tell.
 */
export type MessageState = "held" | "delivered" | "stopped" | "unclear";

/** What tells where a message went (pps-api.md 5): its action, and the folder it is in now, empty for none. */
export type Traced = TraceRecord | { finalAction: string; currentFolder: string };

/**
 * Where a traced message is; `isHeld`: a folder that was searched has a record of it now. A message that was let through is
 * delivered as far as the gateway knows; one put into quarantine that is held no more is stopped, unless the trace still
 * names a folder, which then was not searched or has just let it go. With `isLookedFor` that folder was searched to its end.
 */
export function stateOf({ finalAction, currentFolder }: Traced, isHeld: boolean, isLookedFor = false): MessageState {
  if (isHeld) return "held";
  switch (String(finalAction ?? "").toLowerCase()) {
    case "accept":
    case "continue":
      return "delivered";
    // The sending host was told to come again; another try has a record of its own.
    case "retry":
    case "reject":
      return "stopped";
    case "discard":
      return currentFolder && !isLookedFor ? "unclear" : "stopped";
    default:
      return "unclear";
  }
}
