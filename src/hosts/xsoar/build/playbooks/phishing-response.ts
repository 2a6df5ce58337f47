import { brand } from "../../integration/brand.ts";
import { askApproval, requireApproval, waiverName } from "./approval.ts";
import { brandGate, gateName } from "./brand-gate.ts";
import { findHeld, found } from "./find-held.ts";
import { forgetEarlier, forgetName } from "./forget-earlier.ts";
import { contextOf, inputOf, type Playbook } from "./playbook.ts";
import { doneOf, notDoneOf, summarise, summaryName } from "./summary.ts";

/** Finds what is held of a phishing wave, and deletes it once a person has agreed. */
export const phishingResponse: Playbook = {
  name: `Phishing Response - ${brand.display}`,
  description: `Traces a phishing message, finds what the quarantine of the ${brand.display} holds of it, deletes that after approval, and blocks the sender on request and after approval.`,
  inputs: [
    { key: "Sender", required: true, description: "Envelope sender of the message, or a part of it with a star." },
    { key: "Recipient", description: "Envelope recipient to narrow the search." },
    { key: "Subject", description: "Subject to narrow the search." },
    { key: "StartTime", value: "7 days", description: "How far back to search." },
    { key: "FolderName", value: "Quarantine", description: "Quarantine folder to search." },
    { key: "DeletedFolder", value: "Deleted", description: "Folder that deleted messages are moved to." },
    requireApproval,
    { key: "BlockSender", value: "False", description: "Whether the sender is to be blocked; only True blocks." },
    { key: "User", description: "User whose own blocklist is meant, instead of the organisation's." },
  ],
  outputs: [
    { contextPath: "Proofpoint.SmartSearch", description: "What became of the messages.", type: "unknown" },
    { contextPath: "Proofpoint.QuarantinedMessage", description: "What was found in the quarantine.", type: "unknown" },
    { contextPath: "Proofpoint.QuarantineAction", description: "What became of the deletions.", type: "unknown" },
    { contextPath: "Proofpoint.SenderListChange", description: "What became of the blocking.", type: "unknown" },
  ],
  tasks: [
    { name: "Start", description: "", work: { kind: "start" }, next: { "#none#": gateName }, at: [1, 0] },
    brandGate(forgetName("Proofpoint.SmartSearch"), "Done", [1, 1]),
    ...forgetEarlier(
      [
        "Proofpoint.SmartSearch",
        "Proofpoint.QuarantinedMessage",
        "Proofpoint.QuarantineAction",
        "Proofpoint.SenderListChange",
      ],
      "Trace the message",
      [0.5, 2],
    ),
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
      next: { "#none#": "Find copies in quarantine", "#error#": "Find copies in quarantine" },
      at: [0.5, 6],
    },
    findHeld("Find copies in quarantine", "Is a copy in quarantine?", [0.5, 7]),
    {
      name: "Is a copy in quarantine?",
      description: "Checks whether the search found any message.",
      work: { kind: "decision", tests: [{ left: found, operator: "isNotEmpty" }] },
      next: { yes: waiverName("delete"), "#default#": "Is the sender to be blocked?" },
      at: [0.5, 8],
    },
    ...askApproval({
      to: "delete",
      question: "Should the messages be deleted?",
      description: "Asks an analyst to look at the messages found and to decide.",
      granted: "Delete the messages",
      denied: "Is the sender to be blocked?",
      at: [0, 9],
    }),
    {
      name: "Delete the messages",
      description: "Moves the messages found, each by its local GUID, to the folder for deleted mail.",
      work: {
        kind: "command",
        command: "proofpoint-pps-delete-message",
        arguments: {
          folder_name: inputOf("FolderName"),
          local_guid: found,
          deleted_folder: inputOf("DeletedFolder"),
        },
        isOptional: true,
      },
      // What could not be deleted is told by the summary; the sender may be blocked all the same.
      next: { "#none#": "Is the sender to be blocked?", "#error#": "Is the sender to be blocked?" },
      at: [0, 11],
    },
    {
      name: "Is the sender to be blocked?",
      description: "Checks whether blocking the sender was asked for.",
      work: {
        kind: "decision",
        tests: [{ left: { root: "inputs", accessor: "BlockSender" }, operator: "isEqualString", right: "True" }],
      },
      next: { yes: waiverName("block"), "#default#": summaryName },
      at: [0.5, 12],
    },
    ...askApproval({
      to: "block",
      question: "Should the sender be blocked?",
      description: "Asks an analyst whether mail from the sender is to be blocked from now on.",
      granted: "Block the sender",
      denied: summaryName,
      at: [0, 13],
    }),
    {
      name: "Block the sender",
      description: "Puts the sender on the blocklist of the user, or of the organisation where no user is named.",
      work: {
        kind: "command",
        command: "proofpoint-add-to-blocked-senders-list",
        arguments: { email: inputOf("Sender"), user: inputOf("User") },
        isOptional: true,
      },
      next: { "#none#": summaryName, "#error#": summaryName },
      at: [0, 15],
    },
    summarise(
      "Phishing response",
      [
        `Searched: mail from ${inputOf("Sender")}, as far back as ${inputOf("StartTime")}`,
        `Traced, delivered or not: ${contextOf("Proofpoint.SmartSearch.GUID")}`,
        `Held in ${inputOf("FolderName")}: ${contextOf("Proofpoint.QuarantinedMessage.localguid")}`,
        `Deleted: ${doneOf("Proofpoint.QuarantineAction", "localGuid")}`,
        `Not deleted, or not known to be: ${notDoneOf("Proofpoint.QuarantineAction", "message")}`,
        `Blocked: ${doneOf("Proofpoint.SenderListChange", "entry")}`,
        `Not blocked: ${notDoneOf("Proofpoint.SenderListChange", "message")}`,
        "What was delivered is in mailboxes, out of the reach of the gateway.",
      ],
      [0.5, 16],
    ),
    { name: "Done", description: "", work: { kind: "title" }, at: [1, 17] },
  ],
};
