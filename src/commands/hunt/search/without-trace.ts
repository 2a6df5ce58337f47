import type { PpsError } from "../../../core/errors.ts";
import { noteOf } from "../../answers.ts";
import type { Intel } from "../../intel/intel.ts";
import { isNetwork } from "../../intel/name-forms.ts";
import type { HuntOrder } from "../hunt-order.ts";

/** True for what quarantine's records tell, although PPS cannot search quarantine for it (pps-api.md 2.1, 2.4). */
export function isInQuarantine({ kind, value }: Intel): boolean {
  return (kind === "ip" && !isNetwork(value)) || kind === "host" || kind === "messageId";
}

/** Goes on without the trace, which PPS does not let this account read: what was delivered then stays unknown. */
export function closeTrace({ intel, journal }: HuntOrder, error: PpsError): void {
  journal.truncated = true;
  journal.note(
    `Only quarantine was searched, so that what was delivered is not known; the trace could not be read: ${noteOf(error)}`,
  );
  intel.forEach(({ kind }, index) => {
    const isLost = kind === "attachment" || kind === "virus";
    const reason = isLost ? "only the trace knows of it, which could not be read" : "searched in quarantine only";
    if (isLost) journal.failed = true;
    journal.reasons[index] = { reason, isFailure: isLost };
  });
}
