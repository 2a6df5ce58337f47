import { brand } from "../../integration/brand.ts";
import { askApproval, requireApproval, waiverName } from "./approval.ts";
import { brandGate, gateName } from "./brand-gate.ts";
import { clearFolder, clearingName } from "./folder-clearing.ts";
import { forgetEarlier, forgetName } from "./forget-earlier.ts";
import { contextOf, given, inputOf, type Playbook } from "./playbook.ts";
import { doneOf, notDoneOf, outcomesOf, summarise, summaryName } from "./summary.ts";

const quarantine = "quarantine";
const phish = "the folder for phish";
const look = "Look for its like";
const hasPhish = "Is a folder for phish named?";
const isBlocking = "Is the sender to be blocked?";
const missed = "Note what was not searched";
const isHeld = 'val.action == "delete" && val.outcome == "planned"';

/** Finds what is held of a phishing wave, and deletes it once a person has agreed. */
export const phishingResponse: Playbook = {
  name: `Phishing Response - ${brand.display}`,
  description: `Traces a phishing message, tells what resembles it and who got that, finds what two folders of the quarantine of the ${brand.display} hold of it, deletes exactly that after approval, and blocks the sender on request and after approval.`,
  inputs: [
    { key: "Sender", required: true, description: "Envelope sender of the message, or a part of it with a star." },
    { key: "Recipient", description: "Envelope recipient to narrow the search." },
    { key: "Subject", description: "Subject to narrow the search." },
    { key: "StartTime", value: "7 days", description: "How far back to search." },
    { key: "FolderName", value: "Quarantine", description: "Quarantine folder to search." },
    {
      key: "PhishFolderName",
      value: "Phish",
      description: "Quarantine folder to search besides, where PPS puts what it takes for phish. Empty means none.",
    },
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
    { contextPath: "Proofpoint.Response", description: "What resembles the message, in all folders.", type: "unknown" },
    { contextPath: "Proofpoint.ResponseDelivery", description: "Who has it in a mailbox.", type: "unknown" },
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
        "Proofpoint.Response",
        "Proofpoint.ResponseDelivery",
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
      next: { "#none#": look, "#error#": look },
      at: [0.5, 8],
    },
    {
      name: look,
      description:
        "Finds in every configured folder and in the trace what resembles mail of the sender, and who got it; changes nothing.",
      work: {
        kind: "command",
        command: "proofpoint-pps-respond-phishing",
        arguments: {
          sender: inputOf("Sender"),
          subject: inputOf("Subject"),
          start_time: inputOf("StartTime"),
          deleted_folder: inputOf("DeletedFolder"),
          block: "none",
          dry_run: "true",
        },
        isOptional: true,
      },
      next: { "#none#": clearingName(quarantine), "#error#": clearingName(quarantine) },
      at: [0.5, 9],
    },
    ...clearFolder({ place: quarantine, folderInput: "FolderName", next: hasPhish, at: [0, 10] }),
    {
      name: hasPhish,
      description: "Checks whether a second folder is to be searched.",
      work: { kind: "decision", tests: [given("PhishFolderName")] },
      next: { yes: clearingName(phish), "#default#": isBlocking },
      at: [0.5, 15],
    },
    ...clearFolder({ place: phish, folderInput: "PhishFolderName", next: isBlocking, failed: missed, at: [0, 16] }),
    {
      name: missed,
      description: "Prints that the folder for phish may not have been searched to its end, as a note.",
      work: {
        kind: "script",
        script: "Print",
        arguments: {
          value: `### Not searched to its end\n- Folder: ${inputOf("PhishFolderName")}; the error of the search says why. What it holds is not known.`,
        },
        isKept: true,
      },
      next: { "#none#": `Is a copy in ${phish}?` },
      at: [1.5, 16],
    },
    {
      name: isBlocking,
      description: "Checks whether blocking the sender was asked for.",
      work: {
        kind: "decision",
        tests: [{ left: { root: "inputs", accessor: "BlockSender" }, operator: "isEqualString", right: "True" }],
      },
      next: { yes: waiverName("block"), "#default#": summaryName },
      at: [0.5, 21],
    },
    ...askApproval({
      to: "block",
      question: "Should the sender be blocked?",
      description: "Asks an analyst whether mail from the sender is to be blocked from now on.",
      granted: "Block the sender",
      denied: summaryName,
      at: [0, 22],
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
      at: [0, 24],
    },
    summarise(
      "Phishing response",
      [
        `Searched: mail from ${inputOf("Sender")}, as far back as ${inputOf("StartTime")}`,
        `Traced, delivered or not: ${contextOf("Proofpoint.SmartSearch.GUID")}`,
        `Held and found in ${inputOf("FolderName")} and ${inputOf("PhishFolderName")}: ${contextOf("Proofpoint.QuarantinedMessage.localguid")}`,
        `Deleted: ${doneOf("Proofpoint.QuarantineAction", "localGuid")}`,
        `Not deleted, or not known to be: ${notDoneOf("Proofpoint.QuarantineAction", "message")}`,
        `Blocked: ${doneOf("Proofpoint.SenderListChange", "entry")}`,
        `Not blocked: ${notDoneOf("Proofpoint.SenderListChange", "message")}`,
        `Held of its like before that, by folder: ${outcomesOf("Proofpoint.Response", isHeld, "folder")}, by GUID: ${outcomesOf("Proofpoint.Response", isHeld, "guid")}; what lies in neither of the two folders, or came from another sender, was left`,
        `Delivered to: ${contextOf("Proofpoint.ResponseDelivery.recipient")}; that is in mailboxes, out of the reach of the gateway`,
        "Where nothing is named, nothing was found, or the search failed: then its error says why.",
      ],
      [0.5, 25],
    ),
    { name: "Done", description: "", work: { kind: "title" }, at: [1, 26] },
  ],
};
