import type { MailIndicators } from "../indicators/mail-indicators.ts";

/** A message that was reported, as its like is looked for. */
export interface Seed extends MailIndicators {
  /**
   * Who sent it, from where, and its Message-ID are only what a file says of itself. Otherwise PPS has recorded them, or a
   * person has named them.
   */
  isClaimed?: true;
  /** PPS has recorded it without an envelope sender. */
  isBounce?: true;
}
