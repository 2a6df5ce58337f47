import type { MessageState } from "../respond/response-item.ts";

/** What is known of where a message went. */
export interface Whereabouts {
  copies: readonly unknown[];
  /** Folders the trace names. */
  folders: readonly string[];
  finalAction: string;
  /** Its record was looked for where the trace names it, and the search came to its end. */
  isLookedFor?: boolean;
}

/** Where a message is. The trace tells where it was put (pps-api.md 5), and only a record that it still lies there. */
export function stateOf({ copies, folders, finalAction, isLookedFor }: Whereabouts): MessageState {
  if (copies.length > 0) return "held";
  if (/^(discard|reject)$/.test(finalAction) && folders.length === 0) return "stopped";
  if (folders.length > 0) return isLookedFor ? "stopped" : "unclear";
  return /^(accept|continue|redirect)$/.test(finalAction) ? "delivered" : "unclear";
}
