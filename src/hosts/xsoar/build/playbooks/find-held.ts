import { inputOf, type Reference, type Task } from "./playbook.ts";

/** What `findHeld` found in the folder that an input names. */
export function foundIn(folderInput: string): Reference {
  return {
    root: "Proofpoint.QuarantinedMessage",
    where: [["Proofpoint.QuarantinedMessage.folder", { root: "inputs", accessor: folderInput }]],
    accessor: "localguid",
  };
}

interface Search {
  name: string;
  next: string;
  /** Where a failure leads; without it a failure ends the playbook. */
  failed?: string;
  at: Task["at"];
  /** Input that names the folder. @default FolderName */
  folderInput?: string;
}

/** Searches a folder by the inputs `Sender`, `Recipient`, `Subject` and `StartTime`. */
export function findHeld({ name, next, failed, at, folderInput = "FolderName" }: Search): Task {
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
        folder_name: inputOf(folderInput),
      },
      ...(failed === undefined ? {} : { isOptional: true }),
    },
    next: { "#none#": next, ...(failed === undefined ? {} : { "#error#": failed }) },
    at,
  };
}
