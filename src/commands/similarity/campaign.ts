import type { RunContext } from "../../core/command.ts";
import type { MessageState } from "../trace/message-state.ts";
import type { TraceRecord } from "../trace/record.ts";
import type { HeldCopy } from "./held-copy.ts";

/** Score from which a message counts as the same campaign, unless the caller asks for another. */
export const strongFrom = 60;

/** Score from which a message is worth showing; what lies below is counted only. */
export const weakFrom = 35;

/** Score from which messages are shown, by the threshold that was asked for; what is only copied stays just below that. */
export function shownFrom(threshold: number): number {
  return Math.max(1, Math.min(weakFrom, threshold - 1));
}

/** One message that resembles what was reported. Subject and addresses are the sender's own text: hostile. */
export interface CampaignMessage {
  guid: string;
  /** Without angle brackets. */
  messageId: string;
  /** Envelope sender; "" for a bounce. */
  sender: string;
  recipients: string[];
  subject: string;
  /** ISO 8601 in UTC; null when it cannot be read. */
  receivedAt: string | null;
  /** Address of the sending host; "" when unknown. */
  senderIp: string;
  sizeBytes: number | null;
  state: MessageState;
  /** Trace or quarantine says that its recipients got it, though a copy may be held too: an audit's, or the one that was released. */
  isDelivered: boolean;
  /** Every folder that holds it; empty unless it is held. */
  copies: HeldCopy[];
  /** Rule that decided, as module.rule; "" where the trace was not read. */
  finalRule: string;
  /** 0 to 100. */
  score: number;
  /** `strong` from the threshold on. */
  strength: "strong" | "weak";
  /** Why it is taken for the same, one phrase each, the weightiest first. */
  reasons: string[];
  /**
   * Its sender is the campaign's by what PPS recorded: the same sender, domain or sending host, one that looks like it, or
   * one that turned out to be its own. Otherwise he may be somebody whose mail it copies or links to.
   */
  isTied: boolean;
}

/** What belongs to the seeds, best first. */
export interface Campaign {
  messages: CampaignMessage[];
  /** What was found and is a little alike, too little to be worth showing. */
  below: Pick<CampaignMessage, "guid" | "score">[];
  /** True when messages are known to be missing; `notes` say why. */
  truncated: boolean;
  /** True when a search broke off, or a folder that was named is refused; what may not be read at all is `truncated` alone. */
  failed: boolean;
  requests: number;
  notes: string[];
}

/** What the trace has been asked of the seeds themselves, so that it need not be again. */
export interface SeedRecords {
  messageIds: string[];
  traced: TraceRecord[];
}

/** Where and how far to look. Times in milliseconds since 1970. */
export interface CampaignOrder {
  since: number;
  /** @default now */
  until?: number;
  /** Quarantine folders to look in. */
  folders: readonly string[];
  /** Whether somebody named them: then no other may be looked in, and one that is refused is a failure. */
  areFoldersNamed: boolean;
  /** Most held messages opened to compare links and attachments. */
  inspect: number;
  /** Score from which a message is strong, 1 to 100. */
  threshold: number;
  records?: SeedRecords;
  context: RunContext;
}
