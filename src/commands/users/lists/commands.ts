import { command } from "../../../core/command.ts";
import { list } from "../../../core/fields.ts";
import { entryFile, needsEntries, override } from "../../lists/entry-fields.ts";
import { exampleDomain, type ListName } from "../../lists/list-name.ts";
import { type ListOutcome, listOutcomeOutputs } from "../../lists/list-outcome.ts";
import { changeUserLists } from "./change-user-list.ts";
import { listUserLists, type UserListEntry, userListEntryColumns, userListEntryOutputs } from "./list-user-lists.ts";
import { removeField } from "./remove-field.ts";

const user = list({
  required: true,
  maxItems: 10_000,
  maxLength: 320,
  description: "Users whose own list is meant, each by an address, an alias or a uid.",
  example: "ann@example.com",
});

function entryList(name: ListName) {
  const domain = exampleDomain(name);
  return list({
    positional: true,
    maxItems: 100_000,
    maxLength: 4000,
    description: `Addresses, domains (${domain}), or domains with all names below (*.${domain}), also defanged; or entries as JSON lines.`,
    example: `billing@${domain}`,
  });
}

const shared = { access: "enduser" } as const;

const columns = ["outcome", "user", "entry", "message"] as const;

/** What the lists of one kind are called, and what standing on one does. */
interface Words {
  title: string;
  /** Follows "mail from a sender". */
  meaning: string;
}

/** The three commands over one of the two lists that every user has. */
function commandsFor<const Name extends ListName>(name: Name, { title, meaning }: Words) {
  const domain = exampleDomain(name);
  const entries = entryList(name);
  return {
    list: command<UserListEntry>()({
      ...shared,
      name: `users.${name}.list` as const,
      title: `List User ${title}`,
      description: `Lists the senders on users' own ${name}: mail from a sender on it ${meaning}.`,
      effect: "read",
      fields: { user },
      rules: [],
      list: "entries",
      outputs: userListEntryOutputs,
      columns: userListEntryColumns,
      examples: [
        { line: `pps users ${name} list --user ann@example.com`, purpose: `See one user's ${name}` },
        {
          line: `pps users ${name} list --user ann@example.com --csv > ann.csv`,
          purpose: `Save one user's ${name} as CSV`,
        },
      ],
      run: (input) => listUserLists(name, input.user),
    }),
    add: command<ListOutcome>()({
      ...shared,
      name: `users.${name}.add` as const,
      title: `Add User ${title} Entries`,
      description: `Puts senders on users' own ${name}, so that their mail to these users ${meaning}. What stands there already stays; the list is read back, and entries that PPS dropped are put back.`,
      effect: "change",
      fields: { entries, file: entryFile, user, override },
      rules: [needsEntries],
      list: "outcomes",
      outputs: listOutcomeOutputs,
      columns,
      examples: [
        {
          line: `pps users ${name} add billing@${domain} --user ann@example.com`,
          purpose: `Put one sender on one user's ${name}`,
        },
        {
          line: `pps users ${name} add --file senders.csv --user ann@example.com`,
          purpose: "Put the senders of a file there",
        },
        {
          line: `pps users ${name} add ${domain} other.test --user ann@example.com,bob@example.com --dry-run`,
          purpose: "See what would change for two users",
        },
      ],
      run: (input, context) =>
        changeUserLists(
          { list: name, action: "add", written: input, users: input.user, override: input.override },
          context,
        ),
    }),
    remove: command<ListOutcome>()({
      ...shared,
      name: `users.${name}.remove` as const,
      title: `Remove User ${title} Entries`,
      description: `Takes senders off users' own ${name}. The list is read back, and an entry that still stands there is reported.`,
      effect: "change",
      fields: {
        entries,
        file: entryFile,
        user,
        removeField: removeField(name),
      },
      rules: [needsEntries],
      list: "outcomes",
      outputs: listOutcomeOutputs,
      columns,
      examples: [
        {
          line: `pps users ${name} remove billing@${domain} --user ann@example.com`,
          purpose: `Take one sender off one user's ${name}`,
        },
      ],
      run: (input, context) =>
        changeUserLists(
          { list: name, action: "remove", written: input, users: input.user, removeField: input.removeField },
          context,
        ),
    }),
  };
}

const blocklist = commandsFor("blocklist", { title: "Blocklist", meaning: "is blocked" });
const safelist = commandsFor("safelist", { title: "Safelist", meaning: "is not taken for spam" });

export const usersBlocklistList = blocklist.list;
export const usersBlocklistAdd = blocklist.add;
export const usersBlocklistRemove = blocklist.remove;
export const usersSafelistList = safelist.list;
export const usersSafelistAdd = safelist.add;
export const usersSafelistRemove = safelist.remove;
