import { command } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { file, flag, text } from "../../../core/fields.ts";
import { agree } from "../../../core/steps.ts";
import { countOutcomes } from "../../outcome.ts";
import { override } from "../entry-fields.ts";
import type { ListName } from "../list-name.ts";
import { type ListOutcome, listOutcomeColumns, listOutcomeOutputs } from "../list-outcome.ts";
import { type Change, makeChanges, planChanges } from "./change.ts";
import { noteContradictions } from "./contradictions.ts";
import { amongCriteria, keyOf } from "./criterion.ts";
import { clusterId } from "./fields.ts";
import { dayOf, readComment, writeComment } from "./managed-mark.ts";
import { findOrganisationList, type OrganisationEntry, readOrganisationList } from "./organisation-list.ts";
import { readWanted, type Wanted } from "./wanted.ts";

function syncCommand<const Name extends string>(list: ListName, name: Name, title: string) {
  return command<ListOutcome>()({
    name,
    title,
    description: `Makes the part of the organisation's ${list} that a file keeps equal to that file. Entries this command added carry its label in their comment; all others are left alone.`,
    effect: "destroy",
    showsPlan: true,
    access: "Threat Protection",
    fields: {
      file: file({
        required: true,
        positional: true,
        description: "File with the entries that are to stand there: CSV, JSON, or one entry a line.",
      }),
      label: text({
        default: "sync",
        maxLength: 20,
        description: "Name of this file's part of the list, so that several files can keep a part each.",
        example: "phish-feed",
      }),
      clusterId,
      override: flag({
        description: `${override.description} It also takes a file that is empty or was cut, and so removes what that lacks.`,
      }),
    },
    rules: [
      ({ label }, nameOf) =>
        /^[a-z0-9-]+$/.test(String(label)) ? undefined : `${nameOf("label")} takes small letters, digits and hyphens.`,
    ],
    list: "outcomes",
    outputs: listOutcomeOutputs,
    columns: listOutcomeColumns,
    examples: [
      { line: `pps ${list} sync senders.csv --dry-run`, purpose: "See what would be added and removed" },
      { line: `pps ${list} sync feed.txt --label phish-feed --yes`, purpose: "Keep another file's part, unasked" },
    ],
    *run(input, context) {
      const on = findOrganisationList(list, context, input.clusterId);
      const site = { list, ownDomains: context.ownDomains, override: input.override };
      const { wanted, notes, isIncomplete } = yield* readWanted({ file: input.file }, site);
      requireWhole(wanted, isIncomplete, input.override);
      const plan = planSync(wanted, yield* readOrganisationList(on), input.label, dayOf(context.now));
      const told = notes.concat(plan.notes, yield* noteContradictions(on, wanted));
      const order = { on, changes: plan.changes, effect: "destroy" } as const;
      if (!context.dryRun && plan.changes.length > 0) {
        if ((yield* agree(planChanges(order), told)) === "declined") return { counts: {}, notes: [] };
      }
      const outcomes = yield* makeChanges({ ...order, dryRun: context.dryRun });
      return { counts: countOutcomes(outcomes), notes: told };
    },
  });
}

/** Whoever hands in half a file, or an empty one, would have the rest of the list removed. */
function requireWhole(wanted: readonly Wanted[], isIncomplete: boolean, overridden: boolean): void {
  if (overridden || (wanted.length > 0 && !isIncomplete)) return;
  const complaint = isIncomplete ? "says of itself that it is not complete" : "holds no entries";
  throw new PpsError("bad_input", `The file ${complaint}; all it lacks would be removed.`, {
    field: "file",
    hint: "Take a whole file, or say with override that this is what you want.",
  });
}

interface SyncPlan {
  changes: Change[];
  notes: string[];
}

/** Additions come first: nothing that is to stay blocked is ever open in between. */
function planSync(
  wanted: readonly Wanted[],
  standing: readonly OrganisationEntry[],
  label: string,
  today: string,
): SyncPlan {
  const onList: Record<string, OrganisationEntry> = {};
  standing.forEach((entry) => {
    onList[keyOf(entry)] = entry;
  });
  const isInFile = amongCriteria(wanted);
  const changes: Change[] = [];
  let foreign = 0;
  wanted.forEach(({ attribute, operator, value, comment }) => {
    const criterion = { attribute, operator, value };
    const present = onList[keyOf(criterion)];
    if (present === undefined) {
      const marked = writeComment({ text: comment, managedBy: label, date: today });
      changes.push({ action: "add", entry: { ...criterion, comment: marked } });
    } else if (readComment(present.comment).managedBy !== label) foreign++;
  });
  const kept = wanted.length - changes.length;
  const isOwn = ({ comment }: OrganisationEntry) => readComment(comment).managedBy === label;
  // A deletion names no comment: PPS might take the same entry of somebody else's, kept in another spelling.
  const isOthersToo = amongCriteria(standing.filter((entry) => !isOwn(entry)));
  standing.forEach((entry) => {
    if (isOwn(entry) && !isInFile(entry) && !isOthersToo(entry)) changes.push({ action: "remove", entry });
  });
  return { changes, notes: tellKept(kept, foreign, standing.length) };
}

function tellKept(kept: number, foreign: number, standing: number): string[] {
  if (kept === 0) return [];
  const notes = [`${kept} of the file's entries stood on the list already (${standing} in all).`];
  if (foreign > 0) {
    const [were, they] =
      foreign === 1 ? ["was", "stays when the file loses it"] : ["were", "stay when the file loses them"];
    notes.push(`${foreign} of them ${were} put there by somebody else and ${they}.`);
  }
  return notes;
}

export const blocklistSync = syncCommand("blocklist", "blocklist.sync", "Sync Blocked Senders");
export const safelistSync = syncCommand("safelist", "safelist.sync", "Sync Safe Senders");
