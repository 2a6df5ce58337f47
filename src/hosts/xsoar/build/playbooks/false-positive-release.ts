import { brand } from "../../integration/brand.ts";
import { askApproval, askPerson, requireApproval, waiverName } from "./approval.ts";
import { brandGate, gateName } from "./brand-gate.ts";
import { findHeld, found } from "./find-held.ts";
import { forgetEarlier, forgetName } from "./forget-earlier.ts";
import { given, inputOf, type Playbook, type Reference, type Task } from "./playbook.ts";
import { doneOf, notDoneOf, summarise, summaryName } from "./summary.ts";

function release(name: string, localGuids: string | Reference, at: Task["at"]): Task {
  return {
    name,
    description: "Delivers what was held, and puts it into the folder for deleted mail, so that no repeat delivers it.",
    work: {
      kind: "command",
      command: "proofpoint-pps-release-message",
      arguments: {
        folder_name: inputOf("FolderName"),
        local_guid: localGuids,
        deleted_folder: inputOf("DeletedFolder"),
        scan: inputOf("Scan"),
      },
      isOptional: true,
    },
    next: { "#none#": "Is the sender to be trusted?", "#error#": summaryName },
    at,
  };
}

/** Delivers mail that should not have been held, once a person has agreed. */
export const falsePositiveRelease: Playbook = {
  name: `False Positive Release - ${brand.display}`,
  description: `Releases a message that the ${brand.display} held by mistake, after approval, and trusts its sender on request and after approval.`,
  inputs: [
    {
      key: "LocalGUID",
      description:
        "Local id of the message in its folder; several divided by commas. Without it the message is searched.",
    },
    { key: "FolderName", value: "Quarantine", description: "Quarantine folder that holds the message." },
    { key: "Sender", description: "Envelope sender: to search by, and whom to trust." },
    { key: "Recipient", description: "Envelope recipient to search by." },
    { key: "Subject", description: "Subject to search by." },
    { key: "StartTime", value: "7 days", description: "How far back to search." },
    { key: "DeletedFolder", value: "Deleted", description: "Folder that released messages are moved to." },
    { key: "Scan", value: "true", description: "Whether DLP and attachments are scanned again first: true or false." },
    {
      ...requireApproval,
      description: `${requireApproval.description} Messages that were searched are never released without asking.`,
    },
    { key: "SafelistSender", value: "False", description: "Whether the sender is to be trusted; only True trusts." },
    { key: "User", description: "User whose own safelist is meant, instead of the organisation's." },
  ],
  outputs: [
    { contextPath: "Proofpoint.QuarantinedMessage", description: "What was found in the quarantine.", type: "unknown" },
    { contextPath: "Proofpoint.QuarantineAction", description: "What became of the releases.", type: "unknown" },
    { contextPath: "Proofpoint.SenderListChange", description: "What became of the safelist.", type: "unknown" },
  ],
  tasks: [
    { name: "Start", description: "", work: { kind: "start" }, next: { "#none#": gateName }, at: [1.5, 0] },
    brandGate(forgetName("Proofpoint.QuarantinedMessage"), "Done", [1.5, 1]),
    ...forgetEarlier(
      ["Proofpoint.QuarantinedMessage", "Proofpoint.QuarantineAction", "Proofpoint.SenderListChange"],
      "Is a message named?",
      [0.5, 2],
    ),
    {
      name: "Is a message named?",
      description: "Checks whether the local id of a message was given.",
      work: { kind: "decision", tests: [given("LocalGUID")] },
      next: { yes: waiverName("release"), "#default#": "Is there anything to search by?" },
      at: [0.5, 5],
    },
    ...askApproval({
      to: "release",
      question: "Should the message be released?",
      description: "Asks an analyst to look at the message named and to decide.",
      granted: "Release the message named",
      denied: summaryName,
      at: [0, 6],
    }),
    release("Release the message named", inputOf("LocalGUID"), [0, 10]),
    {
      name: "Is there anything to search by?",
      description: "Checks whether a sender, a recipient or a subject was given.",
      work: { kind: "decision", tests: [given("Sender"), given("Recipient"), given("Subject")], isAny: true },
      next: { yes: "Find the message in quarantine", "#default#": summaryName },
      at: [1, 6],
    },
    findHeld("Find the message in quarantine", "Was a message found?", [1, 7]),
    {
      name: "Was a message found?",
      description: "Checks whether the search found any message.",
      work: { kind: "decision", tests: [{ left: found, operator: "isNotEmpty" }] },
      next: { yes: "Should all messages found be released?", "#default#": summaryName },
      at: [1, 8],
    },
    // A search may find more than was meant: nothing waives this one.
    askPerson({
      question: "Should all messages found be released?",
      description:
        "Asks an analyst to look at every message found; a no, and a run that names some of them, is the other way.",
      granted: "Release the messages found",
      denied: summaryName,
      at: [1, 9],
    }),
    release("Release the messages found", found, [1, 10]),
    {
      name: "Is the sender to be trusted?",
      description: "Checks whether trusting the sender was asked for, and which sender is meant.",
      work: {
        kind: "decision",
        tests: [
          { left: { root: "inputs", accessor: "SafelistSender" }, operator: "isEqualString", right: "True" },
          given("Sender"),
        ],
      },
      next: { yes: waiverName("trust"), "#default#": summaryName },
      at: [0.5, 11],
    },
    ...askApproval({
      to: "trust",
      question: "Should the sender be trusted?",
      description: "Asks an analyst whether mail from the sender is no longer to be held as spam.",
      granted: "Trust the sender",
      denied: summaryName,
      at: [0, 12],
    }),
    {
      name: "Trust the sender",
      description: "Puts the sender on the safelist of the user, or of the organisation where no user is named.",
      work: {
        kind: "command",
        command: "proofpoint-add-to-safe-senders-list",
        arguments: { email: inputOf("Sender"), user: inputOf("User") },
        isOptional: true,
      },
      next: { "#none#": summaryName, "#error#": summaryName },
      at: [0, 14],
    },
    summarise(
      "False positive release",
      [
        `Release accepted: ${doneOf("Proofpoint.QuarantineAction", "localGuid")}`,
        `Not released, or not known to be: ${notDoneOf("Proofpoint.QuarantineAction", "message")}`,
        `Trusted: ${doneOf("Proofpoint.SenderListChange", "entry")}`,
        `Not trusted: ${notDoneOf("Proofpoint.SenderListChange", "message")}`,
        "The server accepts a release; it does not say whether the message arrived.",
      ],
      [0.5, 15],
    ),
    { name: "Done", description: "", work: { kind: "title" }, at: [1.5, 16] },
  ],
};
