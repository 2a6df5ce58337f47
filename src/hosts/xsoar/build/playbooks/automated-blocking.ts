import { brand } from "../../integration/brand.ts";
import { askApproval, requireApproval, waiverName } from "./approval.ts";
import { brandGate, gateName } from "./brand-gate.ts";
import { forgetEarlier, forgetName } from "./forget-earlier.ts";
import { given, inputOf, type Playbook } from "./playbook.ts";
import { doneOf, notDoneOf, summarise, summaryName } from "./summary.ts";

/** Blocks senders that another source has found out, once a person has agreed or the site does without. */
export const automatedBlocking: Playbook = {
  name: `Automated Blocking - ${brand.display}`,
  description: `Puts senders on the blocklist of users or of the whole organisation at the ${brand.display}, after approval, and collects those that could not be blocked.`,
  inputs: [
    {
      key: "Senders",
      required: true,
      description:
        "Addresses or domains to block; several divided by commas. One that the guard rails refuse stops them all.",
    },
    {
      key: "User",
      description: "Users whose own blocklists are meant, divided by commas; without any, the organisation's.",
    },
    requireApproval,
  ],
  outputs: [
    { contextPath: "Proofpoint.SenderListChange", description: "What became of each sender.", type: "unknown" },
  ],
  tasks: [
    { name: "Start", description: "", work: { kind: "start" }, next: { "#none#": gateName }, at: [1, 0] },
    brandGate("Is a sender given?", "Done", [1, 1]),
    {
      name: "Is a sender given?",
      description: "Checks whether there is anybody to block.",
      work: {
        kind: "decision",
        tests: [given("Senders")],
      },
      next: { yes: forgetName("Proofpoint.SenderListChange"), "#default#": "Done" },
      at: [0.5, 2],
    },
    ...forgetEarlier(["Proofpoint.SenderListChange"], waiverName("block"), [0, 3]),
    ...askApproval({
      to: "block",
      question: "Should the senders be blocked?",
      description: "Asks an analyst whether mail from the senders is to be blocked from now on.",
      granted: "Block the senders",
      denied: summaryName,
      at: [0, 4],
    }),
    {
      name: "Block the senders",
      description:
        "Puts each sender on the blocklist of the users named, or of the organisation; the guard rails of the settings hold.",
      work: {
        kind: "command",
        command: "proofpoint-add-to-blocked-senders-list",
        arguments: { email: inputOf("Senders"), user: inputOf("User") },
        isOptional: true,
      },
      next: { "#none#": summaryName, "#error#": "Collect what failed" },
      at: [0, 6],
    },
    {
      name: "Collect what failed",
      description: "Prints which senders could not be blocked and why, as a note.",
      work: {
        kind: "script",
        script: "Print",
        arguments: {
          value: [
            "### Senders that are not known to be blocked",
            `- Senders: ${notDoneOf("Proofpoint.SenderListChange", "entry")}`,
            `- Reasons: ${notDoneOf("Proofpoint.SenderListChange", "message")}`,
            "",
            "Where no sender is named here, the command itself failed: its error says why.",
          ].join("\n"),
        },
        isKept: true,
      },
      next: { "#none#": summaryName },
      at: [1, 7],
    },
    summarise("Automated blocking", [`Blocked: ${doneOf("Proofpoint.SenderListChange", "entry")}`], [0.5, 8]),
    { name: "Done", description: "", work: { kind: "title" }, at: [1, 9] },
  ],
};
