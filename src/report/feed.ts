import type { ListOutcome } from "../commands/lists/list-outcome.ts";
import type { ReportDocument } from "./document.ts";
import { hostile } from "./message-cells.ts";
import {
  actionTile,
  alertsOf,
  countOf,
  type Ending,
  headingOf,
  notesSection,
  outcomeCell,
} from "./outcome-sections.ts";
import { type ColumnOf, countText, tableOf, text } from "./values.ts";

/** The report of `blocklist.feed`. */
export function reportFeed(items: readonly ListOutcome[], summary: Ending): ReportDocument {
  const added = items.filter(({ action }) => action === "add");
  const removed = items.filter(({ action }) => action === "remove");
  const left = items.filter(({ action }) => action === "none");
  return {
    title: "Blocklist feed",
    lead: leadOf(added, removed, left.length),
    alerts: alertsOf(summary, items),
    tiles: [
      actionTile("added", added),
      actionTile("removed", removed),
      { label: "Not taken", value: left.length, detail: "of what the feed names", tone: "plain" },
    ],
    sections: [
      ...notesSection(summary),
      { heading: headingOf(added, "added"), blocks: [tableOf(added, columns, "Nothing was to be added.")] },
      { heading: headingOf(removed, "removed"), blocks: [tableOf(removed, columns, "Nothing was to be removed.")] },
      {
        heading: "Not taken from the feed",
        blocks: [tableOf(left, columns.slice(0, 2), "Nothing of the feed was left out.")],
      },
    ],
  };
}

function leadOf(added: readonly ListOutcome[], removed: readonly ListOutcome[], left: number): string {
  const changes = [...added, ...removed];
  const notTaken = `${countText(left, "row")} of the feed ${left === 1 ? "was" : "were"} not taken.`;
  if (changes.length === 0) return `The blocklist stays as it is. ${notTaken}`;
  if (countOf(changes, "planned") > 0) {
    return `${countText(added.length, "entry", "entries")} would be added to the blocklist and ${removed.length.toLocaleString("en")} removed. ${notTaken}`;
  }
  const [more, less] = [countOf(added, "done", "accepted"), countOf(removed, "done", "accepted")];
  return `${countText(more, "entry", "entries")} ${more === 1 ? "was" : "were"} added to the blocklist and ${less.toLocaleString("en")} removed. ${notTaken}`;
}

const columns: readonly ColumnOf<ListOutcome>[] = [
  { title: "Entry", cell: ({ entry }) => hostile(entry) },
  { title: "Outcome", cell: outcomeCell },
  { title: "Compared with", cell: ({ attribute, operator }) => text([attribute, operator].filter(Boolean).join(" ")) },
];
