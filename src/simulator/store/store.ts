import type { Arrival, MailFacts, Verdict } from "../mail.ts";
import type {
  OrganisationEntry,
  OrganisationList,
  OrganisationLists,
} from "../threat-protection/organisation-lists.ts";
import type { Users } from "../users/users.ts";
import type { Effect, PendingEffect } from "./pending-effects.ts";
import type { HeldQuery, TraceQuery } from "./query.ts";

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

/** A held message as the store keeps it. */
export interface StoredMessage extends HeldMessage {
  id: number;
  /** Oldest first, without the "New" every message starts with. */
  statuses: MessageStatus[];
}

/** What an administrator did to a held message. */
export interface MessageStatus {
  text: string;
  /** Seconds since 1970. */
  at: number;
  user: string;
}

/** A held message made up by the generator; its raw mail is composed from these fields when somebody asks for it. */
export type SyntheticMessage = Omit<HeldMessage, "localGuid">;

/** A trace record with the 44 Smart Search keys, each a string but `module_rules`. `date` is in seconds since 1970. */
export interface TraceEntry {
  guid: string;
  date: number;
  keys: Record<string, string | string[]>;
}

/** What happened to mail, users and lists, for tests: written when the effect takes place, never when it was merely asked for. */
export interface JournalEntry {
  sequence: number;
  /** ISO 8601, virtual clock. */
  at: string;
  effect:
    | "delivered"
    | "held"
    | "discarded"
    | "rejected"
    | "released"
    | "forwarded"
    | "resubmitted"
    | "moved"
    | "deleted"
    | "listed"
    | "unlisted"
    | "user-created"
    | "user-changed"
    | "user-deleted";
  /** Absent when no message is concerned. */
  guid?: string;
  localGuid?: string;
  folder?: string;
  targetFolder?: string;
  recipients?: string[];
  /** The uid of the end user concerned. */
  user?: string;
  /** Keys of the profile that changed. */
  fields?: string[];
  /** The list of the organisation that an entry was put on or taken off, and the entry. */
  list?: OrganisationList;
  entry?: OrganisationEntry;
  /** The id of the API request that caused it, as sent back in the `X-Request-Id` response header. */
  requestId?: string;
}

/** Everything the gateway remembers, on node:sqlite, in memory or in a file. */
export interface Store {
  /** How often this file was opened before, 0 for memory: part of a seed, so that a restart does not repeat guids. */
  readonly earlierRuns: number;

  /** Holds a message in the verdict's folder. Throws when there is no such folder. */
  hold(arrival: Arrival, facts: MailFacts, verdict: Verdict): HeldMessage;
  /** Many at once, in one transaction. */
  holdSynthetic(messages: Iterable<SyntheticMessage>): number;
  /** Writes the trace record; for a held message after `hold`, so that the record can follow it from folder to folder. */
  trace(arrival: Arrival, facts: MailFacts, verdict: Verdict): void;

  /** Held messages, newest first. */
  search(query: HeldQuery): StoredMessage[];
  /** How many messages a search would find without its limit. */
  count(query: HeldQuery): number;
  /** The messages with this id for actions, in whatever folders they stand. */
  findByLocalGuid(localGuid: string): StoredMessage[];
  /** A held message with this guid, in whatever folder. */
  findByGuid(guid: string): StoredMessage | undefined;
  /** Trace records, newest or oldest first. */
  searchTrace(query: TraceQuery): TraceEntry[];

  /** The original bytes; composed on demand for a synthetic message. */
  raw(message: StoredMessage): Buffer;
  /** The message as it once arrived, ready to go through the filters again. */
  arrivalOf(message: StoredMessage): Arrival;
  /** Puts a held message into another folder and returns it with its id there. */
  move(message: StoredMessage, folder: string): StoredMessage;
  remove(message: StoredMessage): void;
  addStatus(message: StoredMessage, status: MessageStatus): void;

  /** Remembers an effect that takes place later; `due` is in milliseconds since 1970 on the gateway's clock. */
  schedule(due: number, effect: Effect): void;
  /** Effects that are due, earliest first. */
  dueEffects(now: number): PendingEffect[];
  /** When the earliest pending effect is due. */
  nextDue(): number | undefined;
  forgetEffect(id: number): void;

  /** The organisation's safe and block list. */
  readonly organisationLists: OrganisationLists;
  /** The end users, with their own lists. */
  readonly users: Users;

  note(entry: Omit<JournalEntry, "sequence" | "at">): void;
  journal(afterSequence?: number): JournalEntry[];
  /** Messages per folder, trace records, journal entries. */
  stats(): { held: Record<string, number>; traced: number; journalled: number };
  /** Forgets mail, traces, journal, pending effects, organisation lists and users. Folders and settings stay. */
  reset(): void;
  close(): void;
}
