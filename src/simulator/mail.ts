/** What the SMTP dialogue said, kept apart from the headers. `from` is "" for a bounce. */
export interface Envelope {
  from: string;
  to: string[];
}

/** The sending host as the gateway saw it. `tls` is the negotiated version and cipher, "" for plain text. */
export interface Peer {
  ip: string;
  host: string;
  helo: string;
  tls: string;
}

/** A message inside the gateway: one SMTP transaction, or one that went back through the filters. */
export interface Arrival {
  guid: string;
  qid: string;
  sid: string;
  /** Virtual time in milliseconds since 1970. */
  receivedAt: number;
  envelope: Envelope;
  peer: Peer;
  raw: Buffer;
  /** Set where lists parted the recipients of one message: this is the message to some of them. */
  isPart?: boolean;
}

/** What one filtering module said, such as `spam.definite` with its folder. */
export interface RuleHit {
  module: ModuleId;
  rule: string;
}

/** The filtering modules, as PPS calls them. */
export type ModuleId = "access" | "spam" | "av" | "dlp" | "phish" | "bulk" | "policy";

/** The end of filtering: deliver, hold in a folder, or drop. */
export interface Verdict {
  action: "deliver" | "hold" | "discard" | "reject";
  /** Set when `action` is "hold". */
  folder?: string;
  /** The deciding rule; `access.system` when nothing objected. */
  final: RuleHit;
  /** Every rule that fired, in module order. */
  hits: RuleHit[];
  /** 0 to 100; undefined when the spam module did not run. */
  spamScore?: number;
  viruses: string[];
  /** Names of the policy routes the message took. */
  routes: string[];
  /** What the DLP rules matched, for `dlpviolation`. */
  dlp: { rule: string; matches: string[] }[];
  /** Wall-clock seconds the filters took. */
  durationSeconds: number;
}

/** What the filters and the store need to know of a message without parsing it twice. */
export interface MailFacts {
  subject: string;
  /** Without angle brackets; "" when missing. */
  messageId: string;
  headerFrom: string;
  attachmentNames: string[];
  sizeBytes: number;
}
