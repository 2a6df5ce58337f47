import { command, type RunContext } from "../../../core/command.ts";
import { found } from "../../../core/steps.ts";
import { countOutcomes } from "../../outcome.ts";
import { changeUserLists } from "../../users/lists/change-user-list.ts";
import { entryFile, needsEntries, override } from "../entry-fields.ts";
import { exampleDomain, type ListName } from "../list-name.ts";
import { type ListOutcome, listOutcomeColumns, listOutcomeOutputs } from "../list-outcome.ts";
import { noteIncomplete } from "../written-entries.ts";
import { type Change, identityOf, makeChanges } from "./change.ts";
import { noteContradictions } from "./contradictions.ts";
import { amongCriteria } from "./criterion.ts";
import { attribute, clusterId, comment, entryList, noOrganisationFields, operator, users } from "./fields.ts";
import { dayOf, writeComment } from "./managed-mark.ts";
import { findOrganisationList, type OrganisationList, readOrganisationList } from "./organisation-list.ts";
import { readWanted, type Wanted } from "./wanted.ts";

function addCommand<const Name extends string>(list: ListName, name: Name, title: string, effectText: string) {
  const domain = exampleDomain(list);
  return command<ListOutcome>()({
    name,
    title,
    description: `Puts senders on the organisation's ${list}, or on the own lists of the users named: ${effectText}. An entry that is there already is left as it is.`,
    effect: "change",
    access: "Threat Protection",
    fields: {
      entries: entryList(list),
      file: entryFile,
      user: users,
      attribute,
      operator,
      comment,
      clusterId,
      override,
    },
    rules: [needsEntries, noOrganisationFields],
    list: "outcomes",
    outputs: listOutcomeOutputs,
    columns: listOutcomeColumns,
    examples: [
      { line: `pps ${list} add billing@${domain}`, purpose: "One address" },
      {
        line: `pps ${list} add ${domain} '*.${domain}' --comment "Case 4711"`,
        purpose: "A domain and all below it, with the reason",
      },
      { line: `pps ${list} add billing@${domain} --user ann@example.com`, purpose: "For one recipient alone" },
      { line: `pps ${list} add --file senders.csv --dry-run`, purpose: "See what a file would add" },
    ],
    *run(input, context) {
      if (input.user !== undefined) {
        const order = { list, action: "add", written: input, users: input.user, override: input.override } as const;
        return yield* changeUserLists(order, context);
      }
      const on = findOrganisationList(list, context, input.clusterId);
      const site = { list, ownDomains: context.ownDomains, override: input.override };
      const { wanted, notes, isIncomplete } = yield* readWanted(input, site);
      const { changes, present } = yield* findMissing(on, wanted, context);
      yield* found(present);
      const outcomes = yield* makeChanges({ on, changes, effect: "change", dryRun: context.dryRun });
      return {
        counts: countOutcomes(present.concat(outcomes)),
        notes: notes.concat(noteIncomplete(isIncomplete), yield* noteContradictions(on, wanted)),
      };
    },
  });
}

/** Divides what is wanted into what stands there already and what has to be added, marked with today's date. */
function* findMissing(on: OrganisationList, wanted: readonly Wanted[], { now }: RunContext) {
  const stands = amongCriteria(yield* readOrganisationList(on));
  const present: ListOutcome[] = [];
  const changes: Change[] = [];
  wanted.forEach(({ attribute: of, operator: how, value, comment: text, date = dayOf(now) }) => {
    const entry = { attribute: of, operator: how, value, comment: writeComment({ text, date }) };
    const change: Change = { action: "add", entry };
    if (!stands(entry)) changes.push(change);
    else {
      const message = `It stands on the ${on.list} already.`;
      present.push({ ...identityOf(on, change), outcome: "unchanged", message });
    }
  });
  return { changes, present };
}

export const blocklistAdd = addCommand("blocklist", "blocklist.add", "Block Senders", "their mail is blocked");
export const safelistAdd = addCommand(
  "safelist",
  "safelist.add",
  "Trust Senders",
  "their mail is no longer held as spam or bulk, while viruses and phishing are",
);
