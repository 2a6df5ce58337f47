import { countOf, eventField, hasAddress, outcomeOf, type Playbook, valuesOf } from "./playbook.ts";

const sender = eventField("event_network_email_from");
const trace = "Trace The Sender";
const block = "Block After Approval";

/** Blocks the sender of an alert, once a person has started it. */
export const automatedBlocking: Playbook = {
  name: "PPS Automated Blocking",
  stem: "pps_automated_blocking",
  description:
    "Traces who got mail from the sender of the event, and puts the sender on the organization's blocklist once a person starts that step.",
  triggers: [{ field: "[Alert.Name]", match: "contains", value: "Malicious Sender" }],
  steps: [
    {
      name: "Is The Sender An Address",
      description: "Goes on where the event names a sender.",
      work: hasAddress(sender),
    },
    {
      name: trace,
      description: "Searches the filter log for who got mail from the sender.",
      work: {
        kind: "action",
        action: "Get Message Trace",
        given: { Sender: sender, "Time Frame": "Last Week" },
      },
      after: { step: "Is The Sender An Address", way: "Address" },
    },
    {
      name: block,
      description: "Waits for a person, then puts the sender on the organization's blocklist.",
      work: {
        kind: "action",
        action: "Add Sender to Blocklist",
        given: {
          Sender: sender,
          "List Scope": "Organization",
          "Match On": "Envelope Sender",
          Comment: "Malicious sender, case [Case.Id]",
        },
        approval: `Block ${sender} for the whole organization? It sent ${countOf(trace)} message(s) in the last week, to ${valuesOf(trace, "RecipientList")}.`,
      },
      after: { step: trace },
    },
    {
      name: "Tell Blocked",
      description: "Writes down what came of it.",
      work: {
        kind: "comment",
        text: `Blocking of ${sender}: ${outcomeOf(block)}. Traced in the last week: ${countOf(trace)} message(s), to ${valuesOf(trace, "RecipientList")}.`,
      },
      after: { step: block },
    },
    {
      name: "Tell No Sender",
      description: "Writes down that nobody was blocked.",
      work: { kind: "comment", text: `Nobody was blocked: the event names no sender's address (${sender}).` },
      after: { step: "Is The Sender An Address", way: "No address" },
    },
  ],
};
