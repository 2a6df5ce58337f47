import { command, type Output } from "../../../core/command.ts";
import { found } from "../../../core/steps.ts";
import { listUserLists } from "../../users/lists/list-user-lists.ts";
import type { ListName } from "../list-name.ts";
import { clusterId, users } from "./fields.ts";
import { readComment } from "./managed-mark.ts";
import { findOrganisationList, type OrganisationEntry, readOrganisationList } from "./organisation-list.ts";

/** An entry of a sender list, for people and for `add`, `remove` and `sync`. */
export interface ListEntry {
  list: ListName;
  entry: string;
  /** The following of an organisation's list alone. */
  attribute?: string;
  operator?: string;
  /** Without the mark behind it. */
  comment?: string;
  /** The day it was added, `YYYY-MM-DD`, where this product added it. */
  date?: string;
  /** Label of the list file or feed that keeps it, where `sync` or `feed` added it. */
  managedBy?: string;
  /** The day from which it goes when its feed has lost it, `YYYY-MM-DD`. */
  until?: string;
  /** On a user's own list: the entry as PPS spells it, and whose list it is. */
  value?: string;
  user?: string;
}

/** What stands beside the entries. */
export interface EntriesResult {
  notes: string[];
}

const listedOutputs: readonly Output[] = [
  { name: "list", type: "string", description: "Which list: blocklist or safelist." },
  { name: "entry", type: "string", description: "What mail is compared with." },
  { name: "attribute", type: "string", description: "What of a message is compared, on an organisation's list." },
  { name: "operator", type: "string", description: "How it is compared, on an organisation's list." },
  { name: "comment", type: "string", description: "Why it is there, on an organisation's list." },
  { name: "date", type: "string", description: "Day it was added in UTC, where this product added it." },
  { name: "managedBy", type: "string", description: "Label of the list file or feed that keeps it, if one does." },
  { name: "until", type: "string", description: "Day in UTC from which it goes when its feed has lost it." },
  { name: "value", type: "string", description: "The entry as PPS spells it, on a user's own list." },
  { name: "user", type: "string", description: "Whose own list it is, where it is a user's." },
];

function listCommand<const Name extends string>(list: ListName, name: Name, title: string) {
  return command<ListEntry>()({
    name,
    title,
    description: `Lists the organisation's ${list}, whole, or the own lists of the users named. What --csv and --json print can be read back.`,
    effect: "read",
    access: "Threat Protection",
    fields: { user: users, clusterId },
    rules: [
      ({ user, clusterId: cluster }, nameOf) =>
        user !== undefined && cluster !== undefined
          ? `A user's own list has no cluster; leave out ${nameOf("clusterId")} or ${nameOf("user")}.`
          : undefined,
    ],
    list: "entries",
    outputs: listedOutputs,
    columns: ["entry", "attribute", "operator", "comment", "date", "managedBy", "user"],
    examples: [
      { line: `pps ${list} list`, purpose: `Show the organisation's ${list}` },
      { line: `pps ${list} list --csv > ${list}.csv`, purpose: "Keep it as a file" },
      { line: `pps ${list} list --user ann@example.com --columns user,entry`, purpose: "Show one user's own" },
    ],
    *run(input, context) {
      if (input.user !== undefined) return yield* listUserLists(list, input.user);
      const entries = yield* readOrganisationList(findOrganisationList(list, context, input.clusterId));
      yield* found(entries.map((entry) => toListEntry(list, entry)));
      return { notes: [] };
    },
  });
}

function toListEntry(list: ListName, { attribute, operator, value, comment }: OrganisationEntry): ListEntry {
  const { text, ...mark } = readComment(comment);
  return { list, entry: value, attribute, operator, comment: text, ...mark };
}

export const blocklistList = listCommand("blocklist", "blocklist.list", "List Blocked Senders");
export const safelistList = listCommand("safelist", "safelist.list", "List Safe Senders");
