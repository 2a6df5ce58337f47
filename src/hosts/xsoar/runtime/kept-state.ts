import type { XsoarHost } from "./host-globals.ts";

/** What is remembered of the cloud API between runs, for one key. */
export interface CloudState {
  /** Whose state it is. */
  clientId: string;
  tokenUrl: string;
  token?: string;
  /** Milliseconds since 1970. */
  renewAt?: number;
  /** When the latest calls were answered, milliseconds since 1970, oldest first. */
  calls: number[];
}

const key = "threatProtection";

/** Reads what was kept for a key; nothing of another key's is taken over. */
export function readCloudState(host: XsoarHost, clientId: string, tokenUrl: string): CloudState {
  const kept = host.readState()[key] as Partial<CloudState> | null | undefined;
  const state: CloudState = { clientId, tokenUrl, calls: [] };
  if (typeof kept !== "object" || kept === null || kept.clientId !== clientId || kept.tokenUrl !== tokenUrl)
    return state;
  if (Array.isArray(kept.calls)) state.calls = kept.calls.filter((time) => typeof time === "number");
  if (typeof kept.token === "string" && typeof kept.renewAt === "number") {
    state.token = kept.token;
    state.renewAt = kept.renewAt;
  }
  return state;
}

/** Keeps it beside whatever else the instance keeps. */
export function keepCloudState(host: XsoarHost, state: CloudState): void {
  const kept: Record<string, unknown> = {};
  const before = host.readState();
  Object.keys(before).forEach((name) => {
    kept[name] = before[name];
  });
  kept[key] = state;
  host.writeState(kept);
}
