/** What an indicator names. `host`: the sending host; `virus`: a virus's name, which no file format carries. */
export type IntelKind =
  | "sender"
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

/** One indicator of a threat, as a file or a person named it. */
export interface Intel {
  kind: IntelKind;
  /**
   * In the one form searches take: defanging undone; addresses, domains and hashes in lower case, a domain without `@`,
   * a Message-ID without brackets. A subject or file name may begin or end with `*`.
   */
  value: string;
  /** As it was written. */
  given: string;
  /** Where it stands: "line 7", "object 3". */
  place: string;
  /** What the file says of it: a name, a type, tags. */
  label?: string;
  /** How sure the source is, 0 to 100. */
  confidence?: number;
  /** When it was made or last seen, whichever is later; milliseconds since 1970. */
  created?: number;
  /** When it ceases to hold; milliseconds since 1970. */
  validUntil?: number;
  /** True where the source has taken it back. */
  revoked?: boolean;
}

/** A part of a file that gives no indicator. */
export interface SkippedIntel {
  place: string;
  /** Why, a phrase that goes on behind the place: "is a pattern with NOT". */
  reason: string;
}

/** A file of indicators, read. */
export interface ReadIntel {
  intel: Intel[];
  skipped: SkippedIntel[];
  /** True where the file says of itself that it was cut. */
  isIncomplete: boolean;
  format: IntelFormat;
}
