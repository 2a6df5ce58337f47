/** One way a text can match. Comparing ignores letter case unless `isExactCase`. */
export interface TextForm {
  /** `glob`: `*` stands for any text, every other character for itself. */
  kind: "equals" | "starts" | "ends" | "contains" | "glob";
  text: string;
  isExactCase: boolean;
}

/** What is asked of a text: anything, nothing at all, or one of some forms. */
export type TextPattern = "any" | "none" | readonly TextForm[];

/** A span of time in whole seconds since 1970, both ends included. */
export interface Window {
  first: number;
  last: number;
}

interface Query {
  window: Window;
  sender: TextPattern;
  recipient: TextPattern;
  limit: number;
}

/** A search among held messages. All conditions must hold. */
export interface HeldQuery extends Query {
  folder: string;
  subject: TextPattern;
  /** Shuffles the messages of one second; the number picks the order. */
  shuffle?: number;
}

/** A search among trace records. All conditions must hold. */
export interface TraceQuery extends Query {
  order: "newest-first" | "oldest-first";
  guid?: string;
  /** Stemmed words that must all occur in the subject; an empty list finds nothing. */
  subjectWords?: readonly string[];
  qid?: string;
  sid?: string;
  /** Without angle brackets. */
  messageId?: string;
  /** Host names and addresses that the sending host must show, in any letter case. */
  peers?: readonly string[];
  /** Only messages in which the filters can have found attachments or viruses. */
  hasFindings?: boolean;
  /** Decides on the rest, record by record. */
  isWanted?: (entry: TraceEntryKeys) => boolean;
}

/** Smart Search keys with their values (pps-api.md 5). */
export type TraceEntryKeys = Readonly<Record<string, string | string[]>>;
