import { inputOf, type Reference, type Task } from "./playbook.ts";

/** What `findHeld` found, in the folder that was searched. */
export const found: Reference = {
  root: "Proofpoint.QuarantinedMessage",
  where: [["Proofpoint.QuarantinedMessage.folder", { root: "inputs", accessor: "FolderName" }]],
  accessor: "localguid",
};

/** Searches the folder of the input `FolderName` by the inputs `Sender`, `Recipient`, `Subject` and `StartTime`. */
export function findHeld(name: string, then: string, at: Task["at"]): Task {
  return {
    name,
    description: "Searches the quarantine folder for the message.",
    work: {
      kind: "command",
      command: "proofpoint-pps-list-quarantined-messages",
      arguments: {
        from: inputOf("Sender"),
        to: inputOf("Recipient"),
        subject: inputOf("Subject"),
        start_time: inputOf("StartTime"),
        folder_name: inputOf("FolderName"),
      },
    },
    next: { "#none#": then },
    at,
  };
}
