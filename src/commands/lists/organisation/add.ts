import { command } from "../../../core/command.ts";
import { changeUserLists } from "../../users/lists/change-user-list.ts";
import { entryFile, needsEntries, override } from "../entry-fields.ts";
import { exampleDomain, type ListName } from "../list-name.ts";
import { type ListOutcome, listOutcomeColumns, listOutcomeOutputs } from "../list-outcome.ts";
import { addEntries } from "./addition.ts";
import { attribute, clusterId, comment, entryList, noOrganisationFields, operator, users } from "./fields.ts";
import { findOrganisationList } from "./organisation-list.ts";

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
      return yield* addEntries(on, input, input.override, context);
    },
  });
}

export const blocklistAdd = addCommand("blocklist", "blocklist.add", "Block Senders", "their mail is blocked");
export const safelistAdd = addCommand(
  "safelist",
  "safelist.add",
  "Trust Senders",
  "their mail is no longer held as spam or bulk, while viruses and phishing are",
);
