import type { ListOutcome } from "../../../../commands/index.ts";
import { PpsError } from "../../../../core/errors.ts";
import type { Json } from "../../../../core/steps.ts";
import { most } from "../../catalogue/parameters.ts";
import { commasOrLines, refuse } from "../parameter-values.ts";
import type { FieldNames, Performer, Run } from "../run.ts";
import { makeTable } from "../table-text.ts";
import { attempt, type Kind } from "./attempt.ts";
import { type Named, resultOfSorted, type Sorted, sortOutcomes } from "./sorted-outcomes.ts";
import { fitTables } from "./tables.ts";

const names: FieldNames = {
  url: "Feed URL",
  file: "Feed Text",
  label: "Label",
  minConfidence: "Min Confidence",
  maxAgeDays: "Max Age Days",
  expireDays: "Expire Days",
  allow: "Allowed Senders",
  mostChanges: "Max Changes",
  acceptJump: "Accept Jump",
};

/** Update Blocklist From Feed. A repeat finds what an earlier try did as it is wanted, and sends the rest alone. */
export const updateBlocklist: Performer = async (run) => {
  const dryRun = run.parameters.flag("Dry Run");
  const order = { command: "blocklist.feed", input: readOrder(run), names, dryRun };
  const { items, summary, end } = await attempt<ListOutcome, { notes: string[] }>(run, order, kind);
  const sorted = sortOutcomes(run, items, nameEntry);
  const { notes = [] } = summary;
  const { tables, note: cut } = fitTables([
    makeTable(
      "Entries",
      ["Status", "Action", "Sender", "Match On", "Operator", "Why"],
      items.map((one) => [
        ...[one.outcome, one.action, one.entry, one.attribute ?? "", one.operator ?? "", one.message],
      ]),
    ),
  ]);
  const result = resultOfSorted(run, sorted, {
    dryRun,
    did: tellDone(sorted, dryRun),
    end,
    more: [...notes, cut],
    facts: { notes },
  });
  return { ...result, tables, truncated: cut !== undefined };
};

function readOrder({ parameters, instance: { missingForLists } }: Run): Record<string, unknown> {
  const file = parameters.text("Feed Text");
  const url = parameters.text("Feed URL");
  if ((file === undefined) === (url === undefined)) {
    throw refuse(
      "Feed Text",
      `${file === undefined ? "is missing; it or" : "stands beside"} Feed URL: give one of them.`,
    );
  }
  if (missingForLists.length > 0) {
    const needed = missingForLists.join(", ");
    throw new PpsError("bad_input", `The organization's list needs ${needed} in the configuration of the instance.`);
  }
  return {
    ...{ file, url },
    label: parameters.text("Label"),
    minConfidence: parameters.text("Min Confidence"),
    maxAgeDays: parameters.text("Max Age Days"),
    expireDays: parameters.text("Expire Days"),
    allow: parameters.list("Allowed Senders", most.allowed, commasOrLines),
    mostChanges: parameters.count("Max Changes", most.listChanges),
    acceptJump: parameters.flag("Accept Jump"),
  };
}

const kind: Kind<ListOutcome> = {
  identityOf: keyOf,
  keyOf,
  traceOf: ({ action, value }) => JSON.stringify([action === "add", value]),
  traceIn: ({ body: { action, value } = {} }) => JSON.stringify([action === "add", value]),
};

function keyOf({ action, attribute, operator, entry }: ListOutcome): string {
  return JSON.stringify([action, attribute ?? null, operator ?? null, entry]);
}

function nameEntry(outcome: ListOutcome): Named {
  const { action, entry, attribute, operator } = outcome;
  const json: { [key: string]: Json } = {
    ...{ action, sender: entry, scope: "organization" },
    ...(attribute === undefined ? {} : { attribute }),
    ...(operator === undefined ? {} : { operator }),
  };
  const unchanged = action === "add" ? "already_listed" : "not_listed";
  return { name: entry, key: keyOf(outcome), json, unchanged };
}

function tellDone({ success, planned, failed, unknown, left }: Sorted, dryRun: boolean): string {
  const of = (list: readonly { [key: string]: Json }[], action: string) => list.filter((one) => one.action === action);
  const done = success.map(({ json }) => json);
  if (dryRun) {
    return `${of(planned, "add").length} sender(s) would be added and ${of(planned, "remove").length} removed; ${left.length} left out`;
  }
  const all = success.length + failed.length + unknown.length;
  return `Added ${of(done, "add").length} and removed ${of(done, "remove").length} sender(s), ${done.length} of ${all} change(s); ${left.length} left out`;
}
