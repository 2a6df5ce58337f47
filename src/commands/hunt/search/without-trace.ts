import type { PpsError } from "../../../core/errors.ts";
import { noteOf } from "../../answers.ts";
import type { Intel } from "../../intel/intel.ts";
import { isNetwork } from "../../intel/name-forms.ts";
import { isPattern } from "../../intel/starred-words.ts";
import type { Hunted } from "../asked-indicators.ts";
import type { HuntOrder } from "../hunt-order.ts";
import type { SearchPlan } from "./plan.ts";

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

/** What has to be said before anything is searched. */
export function noteAsked({ intel, journal }: HuntOrder, { notes, isIncomplete }: Hunted, plan: SearchPlan): void {
  notes.forEach(journal.note);
  if (isIncomplete) {
    journal.truncated = true;
    journal.note("The file says that it lacks indicators.");
  }
  const { unsearchable } = plan;
  if (unsearchable.length > 0) {
    const all = unsearchable.length === intel.length;
    journal.note(
      `${all ? "None of the" : `${unsearchable.length} of ${intel.length}`} indicators can${all ? "" : "not"} be searched for; the first because ${unsearchable[0]?.reason}.`,
    );
    // Nothing was looked for, which must not pass for nothing found.
    if (all) {
      journal.truncated = true;
      journal.failed = true;
    }
  }
  const subjects = intel.filter(({ kind }) => kind === "subject");
  if (subjects.length === 0) return;
  journal.note("The trace finds subjects by their words; what it found beside the subjects asked for was left out.");
  if (subjects.some(({ value }) => isPattern(value))) {
    journal.note("Of a part of a subject, the trace finds whole words only: more may match among delivered mail.");
  }
}
