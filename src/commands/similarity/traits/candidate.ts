import type { MailIndicators } from "../../indicators/mail-indicators.ts";

/** What quarantine and trace tell of a message that may be alike. Every text may be the sender's own: hostile. */
export interface Candidate {
  /** Envelope sender; "" for a bounce. */
  sender: string;
  recipients: readonly string[];
  subject: string;
  messageId: string;
  /** ISO 8601 in UTC; null when it cannot be read. */
  receivedAt: string | null;
  sizeBytes: number | null;
  /** Address of the sending host, also within `name [address]`; "" when unknown. */
  senderIp: string;
  attachmentNames?: readonly string[];
  /** Rule that decided, as module.rule. */
  finalRule?: string;
  /** What the message itself says, where it was opened. */
  indicators?: MailIndicators;
}
