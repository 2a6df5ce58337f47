/** What an indicator names. `replyTo`: where answers are to go; `host`: the sending host; `virus`: a virus's name. */
export type IntelKind =
  | "sender"
  | "replyTo"
  | "recipient"
  | "domain"
  | "ip"
  | "url"
  | "subject"
  | "attachment"
  | "hash"
  | "messageId"
  | "host"
  | "virus";

/** The forms of file that are read. */
export type IntelFormat = "text" | "csv" | "json" | "stix" | "misp";

/** What a source says of an indicator beside what it is. */
export interface IntelFacts {
  /** A name, a remark or tags. */
  label?: string;
  /** How sure the source is, 0 to 100. */
  confidence?: number;
  /** When it was made, changed or last seen, whichever is latest; milliseconds since 1970. */
  created?: number;
  /** When it ceases to hold; milliseconds since 1970. */
  validUntil?: number;
  /** True where the source has taken it back. */
  revoked?: boolean;
  /** True where the source only tells that it was seen, as the observables of STIX do, and not that it is bad. */
  isObserved?: boolean;
}

/** One indicator of a threat, as a file or a person named it. */
export interface Intel extends IntelFacts {
  kind: IntelKind;
  /**
   * In one spelling: defanging undone; addresses, domains and hashes in lower case, a domain without `@` (all names below one
   * as `*.evil.example`), a Message-ID without brackets. A sender, recipient, subject or file name may begin or end with `*`.
   */
  value: string;
  /** As it was written. */
  given: string;
  /** Where it stands: `line 7`, `item 2`, `object 3`, `attribute 4`. */
  place: string;
}

/** A part of a file that gives no indicator. */
export interface SkippedIntel {
  place: string;
  /** Why; it goes on behind the place: "line 7 is a display name, which ...". */
  reason: string;
}

/** A file of indicators, read; an indicator that stands in it twice is there twice. */
export interface ReadIntel {
  intel: Intel[];
  skipped: SkippedIntel[];
  /** What was read otherwise than it says, one sentence each. */
  notes: string[];
  /** True where the file says of itself that it was cut. */
  isIncomplete: boolean;
  format: IntelFormat;
}
