import { brand } from "../../integration/brand.ts";
import { brandGate } from "./brand-gate.ts";
import { inputOf, type Playbook, type Reference } from "./playbook.ts";

/** What was found, in the folder that was searched. */
const found: Reference = {
  root: "Proofpoint.QuarantinedMessage",
  where: [["Proofpoint.QuarantinedMessage.folder", { root: "inputs", accessor: "FolderName" }]],
};

/** Finds what is held of a phishing wave, and deletes it once a person has agreed. */
export const phishingResponse: Playbook = {
  name: `Phishing Response - ${brand.display}`,
  description: `Traces a phishing message, finds what the quarantine of the ${brand.display} holds of it, deletes that after approval, and blocks the sender on request.`,
  inputs: [
    { key: "Sender", required: true, description: "Envelope sender of the message, or a part of it with a star." },
    { key: "Recipient", description: "Envelope recipient to narrow the search." },
    { key: "Subject", description: "Subject to narrow the search." },
    { key: "StartTime", value: "7 days", description: "How far back to search." },
    { key: "FolderName", value: "Quarantine", description: "Quarantine folder to search." },
    { key: "DeletedFolder", value: "Deleted", description: "Folder that deleted messages are moved to." },
    {
      key: "RequireApproval",
      value: "True",
      description: "Whether a person has to agree before anything is deleted; only False does without.",
    },
    { key: "BlockSender", value: "False", description: "Whether the sender is to be blocked." },
    { key: "User", description: "User whose own blocklist is meant, instead of the organisation's." },
  ],
  outputs: [
    { contextPath: "Proofpoint.SmartSearch", description: "What became of the messages.", type: "unknown" },
    { contextPath: "Proofpoint.QuarantinedMessage", description: "What was found in the quarantine.", type: "unknown" },
    { contextPath: "Proofpoint.QuarantineAction", description: "What became of the deletions.", type: "unknown" },
  ],
  tasks: [
    { name: "Start", description: "", work: { kind: "start" }, next: { "#none#": [1] }, at: [1, 0] },
    brandGate(2, 11, [1, 1]),
    {
      name: "Forget earlier search results",
      description: "Deletes the results of earlier searches from context, so that only what is found now is acted on.",
      work: { kind: "script", script: "DeleteContext", arguments: { key: "Proofpoint.QuarantinedMessage" } },
      next: { "#none#": [3] },
      at: [0.5, 2],
    },
    {
      name: "Trace the message",
      description: "Searches the filter log for every copy of the message, delivered or not.",
      work: {
        kind: "command",
        command: "proofpoint-pps-smart-search",
        arguments: {
          sender: inputOf("Sender"),
          recipient: inputOf("Recipient"),
          subject: inputOf("Subject"),
          start_time: inputOf("StartTime"),
        },
        isOptional: true,
      },
      next: { "#none#": [4], "#error#": [4] },
      at: [0.5, 3],
    },
    {
      name: "Find copies in quarantine",
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
      next: { "#none#": [5] },
      at: [0.5, 4],
    },
    {
      name: "Is a copy in quarantine?",
      description: "Checks whether the search found any message.",
      work: { kind: "decision", tests: [{ left: { ...found, accessor: "localguid" }, operator: "isNotEmpty" }] },
      next: { yes: [6], "#default#": [9] },
      at: [0.5, 5],
    },
    {
      name: "Is approval waived?",
      // What is misspelt or empty must ask, and not delete.
      description: "Checks whether the deletion needs no person's agreement.",
      work: {
        kind: "decision",
        tests: [{ left: { root: "inputs", accessor: "RequireApproval" }, operator: "isEqualString", right: "False" }],
      },
      next: { yes: [8], "#default#": [7] },
      at: [0, 6],
    },
    {
      name: "Should the messages be deleted?",
      description: "Asks an analyst to look at the messages found and to decide.",
      work: { kind: "question" },
      next: { yes: [8], no: [9] },
      at: [0, 7],
    },
    {
      name: "Delete the messages",
      description: "Moves the messages found to the folder for deleted mail.",
      work: {
        kind: "command",
        command: "proofpoint-pps-delete-message",
        arguments: {
          folder_name: inputOf("FolderName"),
          local_guid: { ...found, accessor: "localguid" },
          deleted_folder: inputOf("DeletedFolder"),
        },
      },
      next: { "#none#": [9] },
      at: [0, 8],
    },
    {
      name: "Is the sender to be blocked?",
      description: "Checks whether blocking the sender was asked for.",
      work: {
        kind: "decision",
        tests: [{ left: { root: "inputs", accessor: "BlockSender" }, operator: "isEqualString", right: "True" }],
      },
      next: { yes: [10], "#default#": [11] },
      at: [0.5, 9],
    },
    {
      name: "Block the sender",
      description: "Puts the sender on the blocklist of the user, or of the organisation where no user is named.",
      work: {
        kind: "command",
        command: "proofpoint-add-to-blocked-senders-list",
        arguments: { email: inputOf("Sender"), user: inputOf("User") },
      },
      next: { "#none#": [11] },
      at: [0, 10],
    },
    { name: "Done", description: "", work: { kind: "title" }, at: [1, 11] },
  ],
};
