import { type Outcome, type OutcomeKind, wentWell } from "../commands/outcome.ts";
import type { Cell, ReportDocument, Section, Tile, Tone } from "./document.ts";
import { countText, prose, state } from "./values.ts";

const tones: Readonly<Record<OutcomeKind, Tone>> = {
  done: "good",
  accepted: "good",
  unchanged: "plain",
  planned: "info",
  left: "plain",
  refused: "bad",
  not_found: "bad",
  failed: "bad",
  unknown: "notice",
};

/** What became of something, with its reason below. */
export function outcomeCell({ outcome, message }: Pick<Outcome, "outcome" | "message">): Cell {
  return state(outcome.replace("_", " "), tones[outcome] ?? "plain", message);
}

/** How many items ended in one of the ways. */
export function countOf(items: readonly Pick<Outcome, "outcome">[], ...kinds: readonly OutcomeKind[]): number {
  return items.filter(({ outcome }) => kinds.includes(outcome)).length;
}

/** How many were not done, or may not have been. */
function troubleOf(items: readonly Pick<Outcome, "outcome">[]): number {
  return items.filter(({ outcome }) => !wentWell(outcome)).length;
}

/** `Deleted and blocked`, or what a plan has instead: `To be deleted and blocked`. */
export function headingOf(items: readonly Pick<Outcome, "outcome">[], past: string): string {
  return countOf(items, "planned") > 0 ? `To be ${past}` : past.charAt(0).toUpperCase() + past.slice(1);
}

/** How many items something was done to, or would be; `past` as in `headingOf`. */
export function actionTile(past: string, items: readonly Pick<Outcome, "outcome">[]): Tile {
  const label = headingOf(items, past);
  const planned = countOf(items, "planned");
  if (planned > 0) return { label, value: planned, tone: "info" };
  const trouble = troubleOf(items);
  const detail = trouble === 0 ? {} : { detail: `${trouble.toLocaleString("en")} not, or not surely` };
  return { label, value: countOf(items, "done", "accepted"), tone: trouble > 0 ? "notice" : "plain", ...detail };
}

/** What stands beside every list that may lack something. */
export interface Ending {
  truncated?: boolean;
  failed?: boolean;
  notes?: readonly string[];
}

/** What must not be overlooked in a result: that it lacks something, that nothing was changed, that work failed. */
export function alertsOf({ truncated, failed }: Ending, outcomes: readonly Pick<Outcome, "outcome">[] = []) {
  const alerts: ReportDocument["alerts"][number][] = [];
  if (failed) {
    alerts.push({ tone: "bad", text: "Part of the search failed. What is missing here may exist all the same." });
  }
  if (truncated) alerts.push({ tone: "notice", text: "This report is not complete; the notes say what it lacks." });
  const planned = countOf(outcomes, "planned");
  if (planned > 0) {
    alerts.push({ tone: "info", text: `A plan: ${countText(planned, "action")} would be taken. Nothing was changed.` });
  }
  const unknown = countOf(outcomes, "unknown");
  const notDone = troubleOf(outcomes) - unknown;
  if (notDone > 0) alerts.push({ tone: "bad", text: `${countText(notDone, "action")} could not be carried out.` });
  if (unknown > 0) {
    alerts.push({
      tone: "notice",
      text: `Of ${countText(unknown, "action")} it is not known whether ${unknown === 1 ? "it" : "they"} happened.`,
    });
  }
  return alerts;
}

/** The notes of a result as a section; none where there are none. */
export function notesSection({ notes = [] }: Ending): Section[] {
  return notes.length === 0 ? [] : [{ heading: "Notes", blocks: [prose(...notes)] }];
}
