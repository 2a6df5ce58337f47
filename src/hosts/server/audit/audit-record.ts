import { createHash } from "node:crypto";
import type { OutcomeKind } from "../../../commands/index.ts";
import type { ErrorCode } from "../../../core/errors.ts";
import type { Effect, Json } from "../../../core/steps.ts";
import { canonicalJson } from "./canonical-json.ts";

/** What every record has: its place in the chain. */
interface Link {
  /** 1, 2, 3 and so on. */
  sequence: number;
  /** UTC, with milliseconds. */
  time: string;
  /** Hash of the record before; zeros for the first. */
  previous: string;
  /** SHA-256 in hex of the canonical JSON of the record without this. */
  hash: string;
}

/** A writer began. */
export interface OpenedRecord extends Link {
  kind: "opened";
  /** What a writer that died left of a line; it stands on the line above. */
  fragment?: { bytes: number; sha256: string };
}

/** The writer ended in good order. */
export interface ClosedRecord extends Link {
  kind: "closed";
}

/** A change is about to be sent. */
export interface IntentRecord extends Link {
  kind: "intent";
  requestId: string;
  /** Name of the token, or `anonymous`. */
  who: string;
  tokenId?: string;
  command: string;
  effect: Effect;
  /** Whose PPS. */
  profile: string;
  /** As the caller gave them; secrets are `***`. */
  arguments: { [name: string]: Json };
}

/** How a call ended. `partial`: some of it was done. `unknown`: it may have happened. */
export type CallState = "done" | "partial" | "failed" | "unknown";

/** What became of one thing that was to be changed: what names it, and how it ended. */
export interface AuditedItem {
  outcome: OutcomeKind;
  code?: ErrorCode;
  status?: number;
  requestId?: string;
  /** `localGuid`, `guid`, `folder`, `user`, `list`, `entry` and so on, as the command has them. */
  [identity: string]: Json | undefined;
}

/** What became of a change. */
export interface OutcomeRecord extends Link {
  kind: "outcome";
  /** Sequence of the intent. */
  intent: number;
  requestId: string;
  state: CallState;
  items: AuditedItem[];
  error?: { code: string; message: string };
  /** Request ids that PPS sent back. */
  ppsRequestIds: string[];
}

export type AuditRecord = OpenedRecord | ClosedRecord | IntentRecord | OutcomeRecord;

/** A record before it has its place in the chain. */
export type Unlinked<R extends AuditRecord = AuditRecord> = R extends AuditRecord ? Omit<R, keyof Link> : never;

/** What the first record has for the hash of the one before. */
export const beginning = "0".repeat(64);

/** The hash that a record should have. */
export function hashOf({ hash: _, ...content }: AuditRecord): string {
  return createHash("sha256")
    .update(canonicalJson(content as unknown as Json))
    .digest("hex");
}

/** Gives a record its place behind another, or at the beginning. */
export function link<R extends AuditRecord>(
  content: Unlinked<R>,
  before: Pick<Link, "sequence" | "hash"> | undefined,
  time: number,
): R {
  const linked = {
    ...content,
    sequence: (before?.sequence ?? 0) + 1,
    time: new Date(time).toISOString(),
    previous: before?.hash ?? beginning,
    hash: "",
  } as unknown as R;
  linked.hash = hashOf(linked);
  return linked;
}

/** The record's line, without its line end. */
export function formatRecord(record: AuditRecord): string {
  return canonicalJson(record as unknown as Json);
}
