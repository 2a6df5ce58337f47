import type { ModuleId, Verdict } from "../mail.ts";
import type { MailContent } from "./mail-content.ts";

/** One rule that fired and what it wants done; without `outcome` it is only written down. */
export interface Finding {
  rule: string;
  outcome?: { action: "hold"; folder: string } | { action: "reject" | "discard" };
}

/** What one module has to say of a message. */
export interface Report {
  findings: Finding[];
  spamScore?: number;
  viruses?: string[];
  dlp?: Verdict["dlp"];
}

/** One filtering module, its rules bound in; it looks at a message and changes nothing. */
export interface FilterModule {
  id: ModuleId;
  examine(mail: MailContent): Report;
}

/** A finding that holds the message in a folder. */
export const hold = (rule: string, folder: string): Finding => ({ rule, outcome: { action: "hold", folder } });
