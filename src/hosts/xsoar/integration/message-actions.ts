import {
  quarantineDelete,
  quarantineForward,
  quarantineMove,
  quarantineRelease,
  quarantineResubmit,
} from "../../../commands/quarantine/actions/actions.ts";
import { type MessageOutcome, messageOutcomeOutputs } from "../../../commands/quarantine/actions/message-outcome.ts";
import type { Command } from "../../../core/command.ts";
import { type ArgumentRow, declareArguments } from "./declared-argument.ts";
import { declareOutputs } from "./declared-output.ts";
import { fieldInput } from "./field-input.ts";
import { describeFailure, outcomeValues, renderOutcomes } from "./outcome-entries.ts";
import type { XsoarCommand } from "./xsoar-command.ts";

const prefix = "Proofpoint.QuarantineAction";

const actionOutputs = declareOutputs(prefix, [
  { name: "action", type: "string", description: "What was asked for, such as release." },
  ...outcomeValues(messageOutcomeOutputs),
]);

const targets: ArgumentRow[] = [
  ["folder_name", "folder", { required: true, description: "Folder that holds the messages now." }],
  [
    "local_guid",
    "localGuids",
    { description: "Local ids of the messages, as a listing shows them; several as a list." },
  ],
];

function actionCommand(name: string, command: Command, rows: readonly ArgumentRow[]): XsoarCommand {
  const declared = declareArguments(command, targets.concat(rows));
  const action = command.name.replace(/^.*\./, "");
  return {
    name,
    description: command.description,
    arguments: declared,
    outputs: actionOutputs,
    isHarmful: true,
    call: (args) => ({ command, input: fieldInput(declared, args) }),
    render: ({ items, ...rest }) =>
      renderOutcomes<MessageOutcome>(
        { ...rest, items: items.map((item) => ({ action, ...(item as MessageOutcome) })) },
        {
          contextKey: `${prefix}(val.localGuid == obj.localGuid && val.folder == obj.folder && val.action == obj.action)`,
          tell: ({ message }) => message,
          complain: describeFailure,
        },
      ),
  };
}

const deletedFolder: ArgumentRow = ["deleted_folder", "deletedFolder"];
const comment: ArgumentRow = ["comment", "comment"];
const subjects: ArgumentRow[] = [
  ["subject", "subject"],
  ["append_old_subject", "appendOldSubject"],
];
const release: ArgumentRow[] = [
  deletedFolder,
  ["scan", "scan"],
  ["brand_template", "brandTemplate"],
  ["security_policy", "securityPolicy"],
];
const move: ArgumentRow[] = [["target_folder", "targetFolder"]];

/** The five actions under the seed's names. What they are called here decides names and order of arguments, not their work. */
export const messageActions: readonly XsoarCommand[] = [
  actionCommand("proofpoint-pps-release-message", quarantineRelease, release),
  actionCommand("proofpoint-pps-resubmit-message", quarantineResubmit, []),
  actionCommand("proofpoint-pps-forward-message", quarantineForward, [
    deletedFolder,
    ...subjects,
    ["from", "from"],
    ["header_from", "headerFrom"],
    // Optional in the public integration; a call without it is refused all the same.
    ["to", "to", { required: false }],
    comment,
  ]),
  actionCommand("proofpoint-pps-move-message", quarantineMove, move),
  actionCommand("proofpoint-pps-delete-message", quarantineDelete, [deletedFolder]),
];

/** The same under the released integration's names, with its arguments. */
export const releasedMessageActions: readonly XsoarCommand[] = [
  actionCommand("proofpoint-pps-quarantine-message-release", quarantineRelease, release),
  actionCommand("proofpoint-pps-quarantine-message-resubmit", quarantineResubmit, []),
  actionCommand("proofpoint-pps-quarantine-message-forward", quarantineForward, [
    deletedFolder,
    ...subjects,
    ["sender", "from"],
    ["header_from", "headerFrom"],
    ["recipient", "to"],
    comment,
  ]),
  actionCommand("proofpoint-pps-quarantine-message-move", quarantineMove, move),
  actionCommand("proofpoint-pps-quarantine-message-delete", quarantineDelete, [deletedFolder]),
];
