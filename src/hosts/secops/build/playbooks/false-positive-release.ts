import { recordKeys } from "../../catalogue/record-keys.ts";
import {
  countOf,
  eventField,
  foundAny,
  hasAddress,
  outcomeOf,
  type Playbook,
  successOf,
  valuesOf,
} from "./playbook.ts";

const sender = eventField("event_network_email_from");
const subject = eventField("event_network_email_subject");
const find = "Find Held Message";
const release = "Release After Approval";
const trust = "Trust The Sender";

/** Delivers mail that should not have been held, once a person has started it. */
export const falsePositiveRelease: Playbook = {
  name: "PPS False Positive Release",
  stem: "pps_false_positive_release",
  description:
    "Finds what the quarantine holds of the sender and subject, releases it once a person starts that step, and asks whether its recipients are to trust the sender.",
  triggers: [{ field: "[Alert.Name]", match: "contains", value: "Quarantine Release" }],
  steps: [
    {
      name: "Is The Sender An Address",
      description: "Goes on where the event names a sender: a search for nobody in particular finds everything.",
      work: hasAddress(sender),
    },
    {
      name: find,
      description: "Searches the quarantine for mail of the sender with the subject.",
      work: {
        kind: "action",
        action: "Find Quarantined Messages",
        given: {
          Sender: sender,
          Subject: subject,
          "Time Frame": "Last Week",
          "Folder Name": "Quarantine",
          "Max Results To Return": "10",
        },
      },
      after: { step: "Is The Sender An Address", way: "Address" },
    },
    {
      name: "Is The Message Held",
      description: "Goes on where the quarantine holds any.",
      work: foundAny(find),
      after: { step: find },
    },
    {
      name: release,
      description:
        "Waits for a person, then delivers the messages found and puts them into the folder for deleted mail.",
      work: {
        kind: "action",
        action: "Release Quarantined Message",
        given: {
          "Message GUIDs": valuesOf(find, recordKeys.localGuid),
          "Folder Name": "Quarantine",
          "Deleted Folder Name": "Deleted",
          "Rescan Message": "true",
        },
        approval: `Release ${countOf(find)} message(s) from ${sender} to ${valuesOf(find, recordKeys.recipients)}?`,
      },
      after: { step: "Is The Message Held", way: "Found" },
    },
    {
      name: "Was The Release Accepted",
      description: "Goes on where all messages were released.",
      work: {
        kind: "condition",
        // Which of the two spellings a playbook sees is not known (secops-platform.md 7.2).
        branches: [
          {
            name: "Accepted",
            tests: ["True", "true"].map((value) => ({ field: successOf(release), match: "equal", value })),
            isAny: true,
          },
        ],
        otherwise: "Not accepted",
      },
      after: { step: release },
    },
    {
      name: "Ask About Trust",
      description: "Asks an analyst whether the recipients are to trust the sender from now on.",
      work: {
        kind: "question",
        question: `Put ${sender} on the safelists of ${valuesOf(find, recordKeys.recipients)}?`,
        answers: ["Yes", "No"],
      },
      after: { step: "Was The Release Accepted", way: "Accepted" },
    },
    {
      name: trust,
      description: "Puts the sender on the recipients' own safelists.",
      work: {
        kind: "action",
        action: "Add Sender to Safelist",
        given: { Sender: sender, "List Scope": "User", User: valuesOf(find, recordKeys.recipients) },
      },
      after: { step: "Ask About Trust", way: "Yes" },
    },
    {
      name: "Tell Released And Trusted",
      description: "Writes down what came of it.",
      work: {
        kind: "comment",
        text: `Release of mail from ${sender}: ${outcomeOf(release)}. Safelists: ${outcomeOf(trust)}. The gateway accepts a release; it does not say whether the mail arrived.`,
      },
      after: { step: trust },
    },
    {
      name: "Tell Released",
      description: "Writes down what came of it.",
      work: {
        kind: "comment",
        text: `Release of mail from ${sender}: ${outcomeOf(release)}. The sender was not put on a safelist. The gateway accepts a release; it does not say whether the mail arrived.`,
      },
      after: { step: "Ask About Trust", way: "No" },
    },
    {
      name: "Tell Not Released",
      description: "Writes down that not everything was released.",
      work: {
        kind: "comment",
        text: `Not all mail from ${sender} is known to be released: ${outcomeOf(release)}. Look into the quarantine before it is tried again.`,
      },
      after: { step: "Was The Release Accepted", way: "Not accepted" },
    },
    {
      name: "Tell Not Held",
      description: "Writes down that there was nothing to release.",
      work: {
        kind: "comment",
        text: `The folder Quarantine is not known to hold mail from ${sender} with the subject "${subject}" of the last week.`,
      },
      after: { step: "Is The Message Held", way: "Nothing found" },
    },
    {
      name: "Tell No Sender",
      description: "Writes down that nothing was searched.",
      work: {
        kind: "comment",
        text: `Nothing was searched: the event names no sender's address (${sender}).`,
      },
      after: { step: "Is The Sender An Address", way: "No address" },
    },
  ],
};
