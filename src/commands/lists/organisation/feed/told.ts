import type { ReadIntel } from "../../../intel/intel.ts";
import { listComplaints } from "../../entry/complaints.ts";
import type { FeedPlan } from "./feed-plan.ts";
import { countLeft } from "./left-row.ts";
import type { Sifted } from "./sifted.ts";

/** Sums up what a feed holds and what becomes of it, in sentences. */
export function tellFeed({ intel, skipped }: ReadIntel, { wanted, left }: Sifted, plan: FeedPlan): string[] {
  const total = `The feed names ${count(intel.length, "indicator", "indicators")}; ${count(wanted.length, "entry", "entries")} to be blocked`;
  const notes = [left.length === 0 ? `${total}.` : `${total}, ${left.length} left out: ${countLeft(left)}.`];
  if (skipped.length > 0) {
    const parts = skipped.map(({ place, reason }) => `${place} ${reason}.`);
    notes.push(
      `${count(skipped.length, "part", "parts")} of it ${skipped.length === 1 ? "gives" : "give"} no indicator: ${listComplaints(parts)}`,
    );
  }
  const { present, foreign, waiting } = plan;
  if (present > 0) notes.push(`${present} of the entries ${present === 1 ? "stands" : "stand"} on the list already.`);
  if (foreign > 0) {
    const [were, they] = foreign === 1 ? ["was", "stays"] : ["were", "stay"];
    notes.push(`${foreign} of them ${were} put there by somebody else and ${they} whatever the feed says.`);
  }
  if (waiting > 0) {
    const [are, their, stay] = waiting === 1 ? ["is", "its", "stays"] : ["are", "their", "stay"];
    notes.push(
      `${waiting} earlier ${waiting === 1 ? "entry" : "entries"} ${are} no longer in the feed and ${stay} until ${their} day has come.`,
    );
  }
  return notes;
}

function count(number: number, one: string, several: string): string {
  return `${number} ${number === 1 ? one : several}`;
}
