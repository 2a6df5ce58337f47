import type { ActionParameter, OutcomeCategory, SecopsAction } from "./action.ts";
import { choice, most, text } from "./parameters.ts";

/** What changes a list of senders; the same for all four. */
const which: readonly ActionParameter[] = [
  text("Sender", `Addresses or domains, separated by commas, at most ${most.senders}.`, { isMandatory: true }),
  choice(
    "List Scope",
    "Whose list is changed. Automatic means the users' own lists when User is filled, else the organization's.",
    ["Automatic", "Organization", "User"],
  ),
  text("User", "Users whose own lists are changed: addresses or uids, separated by commas."),
  choice("Match On", "What of a message is compared, on the organization's list only.", [
    "Envelope Sender",
    "Header From",
  ]),
];

const comment = text(
  "Comment",
  `Why the entry is there, at most ${most.comment} characters; for the organization's list only.`,
);

interface Words {
  verb: "Add" | "Remove";
  list: "Blocklist" | "Safelist";
  description: string;
  outcome: OutcomeCategory;
}

function listAction({ verb, list, description, outcome }: Words): SecopsAction {
  const name = `${verb} Sender ${verb === "Add" ? "to" : "from"} ${list}`;
  const status = verb === "Add" ? "added" : "removed";
  const entry = { sender: "billing@shop.example", scope: "organization", attribute: "sender", operator: "equal" };
  return {
    name,
    stem: name.toLowerCase().replaceAll(" ", "_"),
    description,
    failureLead: `Failed to change the ${list.toLowerCase()}`,
    writes: true,
    parameters: verb === "Add" ? [...which, comment] : which,
    entityTypes: [],
    tables: [],
    example: { success: [{ ...entry, status }], failed: [], unknown: [] },
    outcomes: [outcome],
  };
}

const organization = "The organization's list needs a key of Proofpoint's cloud API.";

export const listActions: readonly SecopsAction[] = [
  listAction({
    verb: "Add",
    list: "Blocklist",
    description: `Blocks mail from senders, for the whole organization or for single users. ${organization}`,
    outcome: "add_ioc_to_blocklist",
  }),
  listAction({
    verb: "Remove",
    list: "Blocklist",
    description: `Takes senders off the blocklist of the organization or of single users. ${organization}`,
    outcome: "remove_ioc_from_blocklist",
  }),
  listAction({
    verb: "Add",
    list: "Safelist",
    description: `Lets mail from senders past the spam filter, for the whole organization or for single users. ${organization}`,
    outcome: "add_ioc_to_allowlist",
  }),
  listAction({
    verb: "Remove",
    list: "Safelist",
    description: `Takes senders off the safelist of the organization or of single users. ${organization}`,
    outcome: "remove_ioc_from_allowlist",
  }),
];
