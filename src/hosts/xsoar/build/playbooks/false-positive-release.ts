import { brand } from "../../integration/brand.ts";
import { askApproval, askPerson, requireApproval, waiverName } from "./approval.ts";
import { brandGate, gateName } from "./brand-gate.ts";
import { checkMessage, checkName, releaseMessage, releaseName } from "./checked-release.ts";
import { findHeld } from "./find-held.ts";
import { forgetEarlier, forgetName } from "./forget-earlier.ts";
import { contextOf, given, inputOf, type Playbook, type Reference } from "./playbook.ts";
import { outcomesOf, summarise, summaryName } from "./summary.ts";

const found: Reference = { root: "Proofpoint.QuarantinedMessage", accessor: "guid" };
const question = "Should the message be released as planned?";
const questionOfFound = "Should the message found be released as planned?";
const response = "Proofpoint.Response";
const notDone = ["refused", "failed", "not_found", "unknown"];

/** What came of the message or its sender, where it ended so. */
function tell(action: "release" | "trust", outcomes: readonly string[], value: string): string {
  const ended = outcomes.map((outcome) => `val.outcome == "${outcome}"`).join(" || ");
  return outcomesOf(response, `val.action == "${action}" && (${ended})`, value);
}

/** Checks a message that should not have been held, and delivers it once a person has agreed. */
export const falsePositiveRelease: Playbook = {
  name: `False Positive Release - ${brand.display}`,
  description: `Checks a message that the ${brand.display} held by mistake, shows what speaks for and against its release, and releases it after approval, with its sender trusted where that is asked for. Malware is never released, and what DLP rules hold only on request.`,
  inputs: [
    { key: "GUID", description: "Global id (GUID) of the message. Without it the message is searched for." },
    { key: "Sender", description: "Envelope sender to search by." },
    { key: "Recipient", description: "Envelope recipient to search by." },
    { key: "Subject", description: "Subject to search by." },
    {
      key: "FolderName",
      value: "Quarantine",
      description: "Quarantine folder to search; several as a JSON array. Of no account where the GUID is given.",
    },
    { key: "StartTime", value: "30 days", description: "How far back to look." },
    {
      key: "DeletedFolder",
      value: "Deleted",
      description:
        "Folder that the released message is moved to, so that none is released twice; of the same module type as the one that holds it.",
    },
    { key: "Scan", value: "true", description: "Whether DLP and attachments are scanned again first: true or false." },
    {
      key: "ReleaseDLP",
      value: "false",
      description:
        "Whether a message that DLP rules hold may be released all the same: true or false. A scan holds it again, and DeletedFolder has to be one of the DLP module.",
    },
    {
      key: "SafelistSender",
      value: "none",
      description:
        "Whose safelist the sender is put on with the release: none, user (each recipient's own) or organisation.",
    },
    {
      ...requireApproval,
      description: `${requireApproval.description} A message that was searched for is never released without asking.`,
    },
  ],
  outputs: [
    { contextPath: "Proofpoint.QuarantinedMessage", description: "What was found in the quarantine.", type: "unknown" },
    { contextPath: response, description: "What became of the message and its sender.", type: "unknown" },
    { contextPath: "Proofpoint.ResponseSummary", description: "The message, its checks and notes.", type: "unknown" },
  ],
  tasks: [
    { name: "Start", description: "", work: { kind: "start" }, next: { "#none#": gateName }, at: [1.5, 0] },
    brandGate(forgetName("Proofpoint.QuarantinedMessage"), "Done", [1.5, 1]),
    ...forgetEarlier(
      ["Proofpoint.QuarantinedMessage", response, "Proofpoint.ResponseSummary"],
      "Is a message named?",
      [0.5, 2],
    ),
    {
      name: "Is a message named?",
      description: "Checks whether the GUID of a message was given.",
      work: { kind: "decision", tests: [given("GUID")] },
      next: { yes: checkName("named"), "#default#": "Is there anything to search by?" },
      at: [0.5, 5],
    },
    ...checkMessage("named", inputOf("GUID"), waiverName("release"), [0, 9]),
    ...askApproval({
      to: "release",
      question,
      description:
        "Asks an analyst to look at what was checked of the message, and at what would be done, and to decide: a yes does that and no more.",
      granted: releaseName("named"),
      denied: summaryName,
      at: [0, 12],
    }),
    releaseMessage("named", inputOf("GUID"), [0, 14]),
    {
      name: "Is there anything to search by?",
      description: "Checks whether a sender, a recipient or a subject was given.",
      work: { kind: "decision", tests: [given("Sender"), given("Recipient"), given("Subject")], isAny: true },
      next: { yes: "Find the message in quarantine", "#default#": summaryName },
      at: [1, 6],
    },
    findHeld({ name: "Find the message in quarantine", next: "Was a message found?", at: [1, 7] }),
    {
      name: "Was a message found?",
      description: "Checks whether the search found any message.",
      work: { kind: "decision", tests: [{ left: found, operator: "isNotEmpty" }] },
      next: { yes: "Was more than one message found?", "#default#": summaryName },
      at: [1, 8],
    },
    {
      name: "Was more than one message found?",
      description: "Checks whether it is clear which message is meant: each has to be checked by itself.",
      work: {
        kind: "decision",
        tests: [{ left: { ...found, isCounted: true }, operator: "greaterThan", right: "1" }],
      },
      next: { yes: summaryName, "#default#": checkName("found") },
      at: [1, 9],
    },
    ...checkMessage("found", found, questionOfFound, [1, 10]),
    // A search may find another message than was meant: nothing waives this one.
    askPerson({
      question: questionOfFound,
      description:
        "Asks an analyst whether the message found is the one that is meant, and to look at what was checked of it and at what would be done: a yes does that and no more.",
      granted: releaseName("found"),
      denied: summaryName,
      at: [1, 13],
    }),
    releaseMessage("found", found, [1, 14]),
    summarise(
      "False positive release",
      [
        `Found by a search: ${contextOf("Proofpoint.QuarantinedMessage.guid")} (of several none is released: run this again with the GUID of the one that is meant)`,
        `Released, or the release accepted: ${tell("release", ["done", "accepted"], "guid")}`,
        `Not released again: ${tell("release", ["unchanged"], "message")}`,
        `Refused, failed or not known: ${tell("release", notDone, "message")}`,
        `Sender trusted: ${tell("trust", ["done", "accepted", "unchanged"], "entry")}`,
        `Sender not trusted: ${tell("trust", ["left", ...notDone], "message")}`,
        `Planned, and not known to be done: ${outcomesOf(response, 'val.outcome == "planned"', "action")}`,
        `Held for the same reason, and left: ${tell("release", ["left"], "guid")}`,
        "What is planned here was not agreed to, or its command failed; where nothing is named at all, nothing was found, or the search or the check failed. The error of what failed says why.",
        "The server accepts a release; it does not say whether the message arrived.",
      ],
      [0.5, 15],
    ),
    { name: "Done", description: "", work: { kind: "title" }, at: [1.5, 16] },
  ],
};
