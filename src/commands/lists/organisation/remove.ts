import { command } from "../../../core/command.ts";
import { found, type Steps } from "../../../core/steps.ts";
import { countOutcomes } from "../../outcome.ts";
import { changeUserLists } from "../../users/lists/change-user-list.ts";
import { removeField } from "../../users/lists/remove-field.ts";
import { tryReadEntries } from "../entry/entry.ts";
import { entryFile, needsEntries } from "../entry-fields.ts";
import type { ListRow } from "../files/list-file.ts";
import { exampleDomain, type ListName } from "../list-name.ts";
import { type ListOutcome, listOutcomeColumns, listOutcomeOutputs } from "../list-outcome.ts";
import { noteIncomplete, readRows } from "../written-entries.ts";
import { makeChanges } from "./change.ts";
import { type Criterion, readAttribute, readOperator } from "./criterion.ts";
import { toCriterion } from "./entry-criterion.ts";
import { attribute, clusterId, entryList, noOrganisationFields, operator, users } from "./fields.ts";
import { findOrganisationList, type OrganisationEntry, readOrganisationList } from "./organisation-list.ts";

function removeCommand<const Name extends string>(list: ListName, name: Name, title: string) {
  const domain = exampleDomain(list);
  return command<ListOutcome>()({
    name,
    title,
    description: `Takes senders off the organisation's ${list}, or off the own lists of the users named. Only exact entries are removed; one that is not there is reported as unchanged.`,
    effect: "change",
    access: "Threat Protection",
    fields: {
      entries: entryList(list),
      file: entryFile,
      user: users,
      attribute,
      operator,
      clusterId,
      removeField: removeField(list),
    },
    rules: [
      needsEntries,
      noOrganisationFields,
      (input, nameOf) =>
        input.removeField !== undefined && input.user === undefined
          ? `${nameOf("removeField")} is for users' own lists; name the users with ${nameOf("user")}.`
          : undefined,
    ],
    list: "outcomes",
    outputs: listOutcomeOutputs,
    columns: listOutcomeColumns,
    examples: [
      { line: `pps ${list} remove billing@${domain}`, purpose: "One address" },
      { line: `pps ${list} remove ${domain} --user ann@example.com`, purpose: "For one recipient alone" },
      { line: `pps ${list} list --jsonl | pps ${list} remove - --dry-run`, purpose: "See what emptying it would send" },
    ],
    *run(input, context) {
      if (input.user !== undefined) {
        const { user, removeField: named } = input;
        const order = { list, action: "remove", written: input, users: user, removeField: named } as const;
        return yield* changeUserLists(order, context);
      }
      const on = findOrganisationList(list, context, input.clusterId);
      const { rows, isIncomplete } = readRows(input);
      const meant = yield* findMeant(
        rows.map((row) => ({ ...input, ...row })),
        yield* readOrganisationList(on),
      );
      const absent = meant.absent.map(
        (entry): ListOutcome => ({
          action: "remove",
          list,
          entry,
          outcome: "unchanged",
          message: `It is not on the ${list}.`,
        }),
      );
      yield* found(absent);
      const changes = meant.standing.map((entry) => ({ action: "remove" as const, entry }));
      const outcomes = yield* makeChanges({ on, changes, effect: "change", dryRun: context.dryRun });
      return { counts: countOutcomes(absent.concat(outcomes)), notes: noteIncomplete(isIncomplete) };
    },
  });
}

/** What of a list is meant, each once, and which of the texts stand for nothing there. */
interface Meant {
  standing: OrganisationEntry[];
  absent: string[];
}

/** An entry of the list is meant by the text it holds, whatever that is compared with, or by what `add` would make of it. */
function* findMeant(
  rows: readonly Pick<ListRow, "entry" | "attribute" | "operator">[],
  list: readonly OrganisationEntry[],
): Steps<Meant> {
  const readings = yield* tryReadEntries(rows.map((row) => row.entry));
  const byValue: { [value: string]: OrganisationEntry[] } = {};
  const keep = (value: string, entry: OrganisationEntry) => {
    const key = `=${value.trim().toLowerCase()}`;
    byValue[key] = (byValue[key] ?? []).concat([entry]);
  };
  list.forEach((entry) => {
    keep(entry.value, entry);
  });
  // One address has many spellings, such as 192.0.2.7/32.
  const addresses = list.filter(({ attribute: of, operator: how }) => of === "ip" && how === "equal");
  (yield* tryReadEntries(addresses.map(({ value }) => value))).forEach((reading, index) => {
    if ("entry" in reading) keep(reading.entry.text, addresses[index] as OrganisationEntry);
  });
  const meant: Meant = { standing: [], absent: [] };
  const taken: Record<string, true> = {};
  rows.forEach((row, index) => {
    const known = row.attribute === undefined ? undefined : readAttribute(row.attribute);
    // A word of PPS's own, as a listing shows it, means that alone.
    const of = known ?? row.attribute;
    const how = row.operator === undefined ? undefined : (readOperator(row.operator) ?? row.operator);
    const reading = readings[index];
    const made =
      reading === undefined || "complaint" in reading || of !== known ? undefined : toCriterion(reading.entry, known);
    const isMeant = (entry: Criterion) =>
      (of === undefined || entry.attribute === of) && (how === undefined || entry.operator === how);
    const text = row.entry.trim().toLowerCase();
    const literal = text === "" ? [] : (byValue[`=${text}`] ?? []);
    const understood =
      made === undefined || "complaint" in made || how !== undefined
        ? []
        : (byValue[`=${made.value.toLowerCase()}`] ?? []).filter((entry) => isSame(entry, made));
    const found = literal.filter(isMeant).concat(understood);
    if (found.length === 0) meant.absent.push(row.entry);
    found.forEach((entry) => {
      // PPS may keep spellings apart that are one to us.
      const key = `${entry.attribute} ${entry.operator} ${entry.value}`;
      if (!taken[key]) meant.standing.push(entry);
      taken[key] = true;
    });
  });
  return meant;
}

/** Of two that were found by the same value. */
function isSame(one: Criterion, other: Criterion): boolean {
  return one.attribute === other.attribute && one.operator === other.operator;
}

export const blocklistRemove = removeCommand("blocklist", "blocklist.remove", "Unblock Senders");
export const safelistRemove = removeCommand("safelist", "safelist.remove", "Distrust Senders");
