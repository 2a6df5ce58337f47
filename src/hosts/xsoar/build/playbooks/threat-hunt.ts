import { brand } from "../../integration/brand.ts";
import { brandGate, gateName } from "./brand-gate.ts";
import { forgetEarlier, forgetName } from "./forget-earlier.ts";
import { given, inputOf, type Playbook } from "./playbook.ts";

/** Looks for mail by what is known of a threat, and changes nothing. */
export const threatHunt: Playbook = {
  name: `Threat Hunt - ${brand.display}`,
  description: `Traces mail by what is known of a threat, and lists what the quarantine of the ${brand.display} holds of it. Changes nothing.`,
  inputs: [
    { key: "Sender", description: "Envelope sender, or a part of it with a star." },
    { key: "Host", description: "Name or IP address of the sending host." },
    { key: "Subject", description: "Words of the subject." },
    { key: "Attachment", description: "Names of attachments; several divided by commas." },
    { key: "Virus", description: "Names of viruses found; several divided by commas." },
    { key: "StartTime", value: "7 days", description: "How far back to search." },
    { key: "FolderName", value: "Quarantine", description: "Quarantine folder to search." },
  ],
  outputs: [
    { contextPath: "Proofpoint.SmartSearch", description: "What became of the messages.", type: "unknown" },
    { contextPath: "Proofpoint.QuarantinedMessage", description: "What was found in the quarantine.", type: "unknown" },
  ],
  tasks: [
    { name: "Start", description: "", work: { kind: "start" }, next: { "#none#": gateName }, at: [1, 0] },
    brandGate("Is there anything to hunt for?", "Done", [1, 1]),
    {
      name: "Is there anything to hunt for?",
      description: "Checks whether anything was given that narrows the search.",
      work: {
        kind: "decision",
        tests: ["Sender", "Host", "Subject", "Attachment", "Virus"].map(given),
        isAny: true,
      },
      next: { yes: forgetName("Proofpoint.SmartSearch"), "#default#": "Done" },
      at: [0.5, 2],
    },
    ...forgetEarlier(["Proofpoint.SmartSearch", "Proofpoint.QuarantinedMessage"], "Trace the messages", [0, 3]),
    {
      name: "Trace the messages",
      description: "Searches the filter log for messages that fit, delivered or not.",
      work: {
        kind: "command",
        command: "proofpoint-pps-smart-search",
        arguments: {
          sender: inputOf("Sender"),
          host: inputOf("Host"),
          subject: inputOf("Subject"),
          attachment: inputOf("Attachment"),
          virus: inputOf("Virus"),
          start_time: inputOf("StartTime"),
        },
      },
      next: { "#none#": "Was a message traced?" },
      at: [0, 5],
    },
    {
      name: "Was a message traced?",
      description: "Checks whether the trace found any message.",
      work: {
        kind: "decision",
        tests: [{ left: { root: "Proofpoint.SmartSearch", accessor: "GUID" }, operator: "isNotEmpty" }],
      },
      next: { yes: "Can the quarantine be searched?", "#default#": "Done" },
      at: [0, 6],
    },
    {
      name: "Can the quarantine be searched?",
      description: "Checks whether a sender or a subject was given: the quarantine is searched by nothing else.",
      work: { kind: "decision", tests: [given("Sender"), given("Subject")], isAny: true },
      next: { yes: "List what is quarantined", "#default#": "Done" },
      at: [0, 7],
    },
    {
      name: "List what is quarantined",
      description: "Searches the quarantine folder for messages of that sender and subject.",
      work: {
        kind: "command",
        command: "proofpoint-pps-list-quarantined-messages",
        arguments: {
          from: inputOf("Sender"),
          subject: inputOf("Subject"),
          start_time: inputOf("StartTime"),
          folder_name: inputOf("FolderName"),
        },
      },
      next: { "#none#": "Done" },
      at: [0, 8],
    },
    { name: "Done", description: "", work: { kind: "title" }, at: [1, 9] },
  ],
};
