import type { ListOutcome } from "../commands/lists/list-outcome.ts";
import type { ReportDocument, Tile } from "./document.ts";
import { hostile } from "./message-cells.ts";
import { alertsOf, countOf, type Ending, notesSection, outcomeCell, troubleOf } from "./outcome-sections.ts";
import { type ColumnOf, countText, tableOf, text } from "./values.ts";

/** An entry, or a row of the feed that became none. */
type FeedItem = Omit<ListOutcome, "action"> & { action: ListOutcome["action"] | "none" };

/** The report of `blocklist.feed`. */
export function reportFeed(items: readonly FeedItem[], summary: Ending): ReportDocument {
  const standing = items.filter(({ outcome }) => outcome === "unchanged");
  const changed = items.filter(({ action, outcome }) => action !== "none" && outcome !== "unchanged");
  const [added, removed] = (["add", "remove"] as const).map((wanted) =>
    changed.filter(({ action }) => action === wanted),
  );
  const left = items.filter(({ action, outcome }) => action === "none" && outcome !== "unchanged");
  return {
    title: "Blocklist feed",
    lead: leadOf(added ?? [], removed ?? [], standing.length, left.length),
    alerts: alertsOf(summary, items),
    tiles: [
      changeTile("Added", "To be added", added ?? []),
      changeTile("Removed", "To be removed", removed ?? []),
      { label: "Unchanged", value: standing.length, tone: "plain" },
      { label: "Not taken", value: left.length, detail: "of the feed's rows", tone: "plain" },
    ],
    sections: [
      { heading: "Added", blocks: [tableOf(added ?? [], columns, "Nothing was to be added.")] },
      { heading: "Removed", blocks: [tableOf(removed ?? [], columns, "Nothing was to be removed.")] },
      { heading: "Not taken from the feed", blocks: [tableOf(left, columns, "Every row was taken.")] },
      ...notesSection(summary),
      { heading: "Unchanged", blocks: [tableOf(standing, columns, "No entry stood there before.")] },
    ],
  };
}

function leadOf(added: readonly FeedItem[], removed: readonly FeedItem[], standing: number, left: number): string {
  const isPlan = countOf([...added, ...removed], "planned") > 0;
  const entries = countText(added.length, "entry", "entries");
  const change = isPlan
    ? `${entries} would be added and ${removed.length.toLocaleString("en")} removed`
    : `${entries} were to be added and ${removed.length.toLocaleString("en")} to be removed`;
  return `${change}; ${standing.toLocaleString("en")} stand as they were. ${countText(left, "row")} of the feed ${left === 1 ? "was" : "were"} not taken.`;
}

function changeTile(past: string, future: string, items: readonly FeedItem[]): Tile {
  const planned = countOf(items, "planned");
  if (planned > 0) return { label: future, value: planned, tone: "info" };
  const trouble = troubleOf(items);
  const detail = trouble === 0 ? {} : { detail: `${trouble.toLocaleString("en")} not, or not surely` };
  return { label: past, value: countOf(items, "done", "accepted"), tone: trouble > 0 ? "notice" : "plain", ...detail };
}

const columns: readonly ColumnOf<FeedItem>[] = [
  { title: "Entry", cell: ({ entry }) => hostile(entry) },
  { title: "Outcome", cell: outcomeCell },
  { title: "Compared with", cell: ({ attribute, operator }) => text([attribute, operator].filter(Boolean).join(" ")) },
];
