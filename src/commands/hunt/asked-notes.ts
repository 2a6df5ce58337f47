import type { Intel } from "../intel/intel.ts";
import { isPattern } from "../intel/starred-words.ts";
import type { Hunted } from "./asked-indicators.ts";
import type { HuntOrder } from "./hunt-order.ts";
import type { SearchPlan } from "./search/plan.ts";

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
  if (intel.some(isSoughtSender)) {
    journal.note("PPS searches envelope senders alone: an address that stands only in a From header is not found.");
  }
  const subjects = intel.filter(({ kind }) => kind === "subject");
  if (subjects.length === 0) return;
  journal.note("The trace finds subjects by their words; what it found beside the subjects asked for was left out.");
  if (subjects.some(({ value }) => isPattern(value))) {
    journal.note("Of a part of a subject, the trace finds whole words only: more may match among delivered mail.");
  }
}

/** Everybody is found by any address. */
function isSoughtSender({ kind, value, revoked }: Intel): boolean {
  return (kind === "domain" || (kind === "sender" && value !== "*")) && !revoked;
}
