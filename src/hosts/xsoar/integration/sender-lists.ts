import type { ListName } from "../../../commands/lists/list-name.ts";
import { type ListOutcome, listOutcomeOutputs } from "../../../commands/lists/list-outcome.ts";
import { blocklistAdd, safelistAdd } from "../../../commands/lists/organisation/add.ts";
import { blocklistRemove, safelistRemove } from "../../../commands/lists/organisation/remove.ts";
import type { Command } from "../../../core/command.ts";
import { type ArgumentRow, declareArguments } from "./declared-argument.ts";
import { declareOutputs } from "./declared-output.ts";
import { fieldInput } from "./field-input.ts";
import { describeFailure, outcomeValues, renderOutcomes } from "./outcome-entries.ts";
import type { Result, XsoarCommand } from "./xsoar-command.ts";

const prefix = "Proofpoint.SenderListChange";

/** What changed sender lists put into context. */
const senderListOutputs = declareOutputs(prefix, outcomeValues(listOutcomeOutputs));

/** The same of commands that can be planned first. */
export const plannedListOutputs = declareOutputs(prefix, outcomeValues(listOutcomeOutputs, true));

/** The list of a sender, whose it is, and what is done tell one change from another. */
export const listChangeKey = `${prefix}(val.list == obj.list && val.entry == obj.entry && val.user == obj.user && val.action == obj.action)`;

/** Outcomes of a sender list in the catalogue's words. */
export function renderListOutcomes(result: Result) {
  return renderOutcomes<ListOutcome>(result, {
    contextKey: listChangeKey,
    tell: (outcome) => `${subjectOf(outcome)}: ${outcome.message}`,
    complain: complainOfEntry,
  });
}

/** What is said of a change that was not made. */
export function complainOfEntry(outcome: ListOutcome): string {
  return `${subjectOf(outcome)}: ${describeFailure(outcome)}`;
}

function subjectOf({ entry, user }: ListOutcome): string {
  return user === undefined ? entry : `${entry} (${user})`;
}

/** What the guard rails refuse says that it can be overridden. */
const override: ArgumentRow = ["override", "override"];

interface Restored {
  list: ListName;
  action: "add" | "remove";
  command: Command;
}

/** A command of the first released version, lost since. Its `user` is new: whose own list is meant, else the organisation's. */
function restoredCommand({ list, action, command }: Restored): XsoarCommand {
  const title = list === "blocklist" ? "Blocked Senders list" : "Safe Senders list";
  const word = list === "blocklist" ? "blocked" : "safe";
  const declared = declareArguments(command, [
    ["email", "entries", { required: true }],
    ["user", "user"],
    ...(action === "add" ? [override] : []),
  ]);
  return {
    name: action === "add" ? `proofpoint-add-to-${word}-senders-list` : `proofpoint-remove-from-${word}-senders-list`,
    description: command.description,
    arguments: declared,
    outputs: senderListOutputs,
    isHarmful: true,
    call: (args) => ({ command, input: fieldInput(declared, args) }),
    render: (result) =>
      renderOutcomes<ListOutcome>(result, {
        contextKey: listChangeKey,
        isDone: ({ outcome }) =>
          outcome === "done" || outcome === "accepted" || (action === "add" && outcome === "unchanged"),
        tell: ({ entry, outcome }) =>
          outcome === "unchanged"
            ? `${entry} is on the ${title} already`
            : `Successfully ${action === "add" ? "added" : "removed"} ${entry} ${action === "add" ? "to" : "from"} the ${title}`,
        complain: (outcome) =>
          outcome.outcome === "unchanged" ? `Email is not in ${title}` : complainOfEntry(outcome),
      }),
  };
}

export const restoredListCommands: readonly XsoarCommand[] = [
  restoredCommand({ list: "blocklist", action: "add", command: blocklistAdd }),
  restoredCommand({ list: "safelist", action: "add", command: safelistAdd }),
  restoredCommand({ list: "blocklist", action: "remove", command: blocklistRemove }),
  restoredCommand({ list: "safelist", action: "remove", command: safelistRemove }),
];
