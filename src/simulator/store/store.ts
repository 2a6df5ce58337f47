import type { Arrival, MailFacts, Verdict } from "../mail.ts";

/** One message held in one folder. The same guid may stand in several folders. */
export interface HeldMessage {
  guid: string;
  localGuid: string;
  folder: string;
  /** Seconds since 1970. */
  receivedAt: number;
  subject: string;
  messageId: string;
  from: string;
  rcpts: string[];
  sizeBytes: number;
  spamScore: number | undefined;
  hostIp: string;
  processingServer: string;
  /** JSON text for `dlpviolation`, "" when no DLP rule fired. */
  dlp: string;
}

/** A held message made up by the generator; its raw mail is composed from these fields when somebody asks for it. */
export type SyntheticMessage = Omit<HeldMessage, "localGuid">;

/** A trace record with the 44 Smart Search keys, each a string but `module_rules`. `date` is in seconds since 1970. */
export interface TraceEntry {
  guid: string;
  date: number;
  keys: Record<string, string | string[]>;
}

/** What happened to mail, for tests: written when the effect takes place, never when it was merely asked for. */
export interface JournalEntry {
  sequence: number;
  /** ISO 8601, virtual clock. */
  at: string;
  effect: "delivered" | "held" | "discarded" | "rejected" | "released" | "forwarded" | "resubmitted" | "moved" | "deleted";
  guid: string;
  localGuid?: string;
  folder?: string;
  targetFolder?: string;
  recipients?: string[];
  /** The id of the API request that caused it, as sent back in the `X-Request-Id` response header. */
  requestId?: string;
}

/** Everything the gateway remembers, on node:sqlite, in memory or in a file. */
export interface Store {
  hold(arrival: Arrival, facts: MailFacts, verdict: Verdict): HeldMessage;
  /** Many at once, in one transaction. */
  holdSynthetic(messages: Iterable<SyntheticMessage>): number;
  trace(arrival: Arrival, facts: MailFacts, verdict: Verdict): void;
  note(entry: Omit<JournalEntry, "sequence" | "at">): void;
  journal(afterSequence?: number): JournalEntry[];
  /** Messages per folder, trace records, journal entries. */
  stats(): { held: Record<string, number>; traced: number; journalled: number };
  /** Forgets mail, traces, journal and pending effects. Folders and settings stay. */
  reset(): void;
  close(): void;
}
