import { recordKeys } from "../../catalogue/record-keys.ts";
import {
  countOf,
  eventField,
  foundAny,
  hasAddress,
  outcomeOf,
  type Playbook,
  type Step,
  valuesOf,
} from "./playbook.ts";

const sender = eventField("event_network_email_from");
const find = "Find Held Messages";
const ask = "Ask What To Do";
const both = "Delete and block";
const alone = "Delete only";
const none = "Leave everything as it is";

function remove(name: string, answer: string): Step {
  return {
    name,
    description: "Moves the messages found to the folder for deleted mail.",
    work: {
      kind: "action",
      action: "Delete Quarantined Message",
      given: {
        "Message GUIDs": valuesOf(find, recordKeys.localGuid),
        "Folder Name": "Quarantine",
        "Deleted Folder Name": "Deleted",
      },
    },
    after: { step: ask, way: answer },
  };
}

function comment(name: string, text: string, after: Step["after"]): Step {
  return { name, description: "Writes down what came of it.", work: { kind: "comment", text }, after };
}

/** Finds what is held of a phishing wave, and deletes it once a person has chosen to. */
export const phishingResponse: Playbook = {
  name: "PPS Phishing Response",
  stem: "pps_phishing_response",
  description:
    "Enriches the entities of the alert, finds what the quarantine holds of the sender, and asks whether to delete it and block the sender.",
  triggers: [
    { field: "[Event.event_metadata_logType]", match: "contains", value: "PROOFPOINT_MAIL" },
    { field: "[Alert.Name]", match: "contains", value: "Phish" },
  ],
  steps: [
    {
      name: "Enrich Alert Entities",
      description: "Tells each user, host and domain of the alert how much mail is held from and to it.",
      work: { kind: "action", action: "Enrich Entities", given: { "Time Frame": "Last Week" }, isOptional: true },
    },
    {
      name: "Is The Sender An Address",
      description: "Goes on where the event names a sender: a search for nobody in particular finds everything.",
      work: hasAddress(sender),
      after: { step: "Enrich Alert Entities" },
    },
    {
      name: find,
      description: "Searches the quarantine for mail of the sender.",
      work: {
        kind: "action",
        action: "Find Quarantined Messages",
        given: {
          Sender: sender,
          "Time Frame": "Last Week",
          "Folder Name": "Quarantine",
          "Max Results To Return": "100",
        },
      },
      after: { step: "Is The Sender An Address", way: "Address" },
    },
    {
      name: "Are Messages Held",
      description: "Goes on where the quarantine holds any.",
      work: foundAny(find),
      after: { step: find },
    },
    {
      name: ask,
      description: "Asks an analyst to look at the messages found and to decide.",
      work: {
        kind: "question",
        question: `The quarantine holds ${countOf(find)} message(s) from ${sender}. What is to be done?`,
        answers: [both, alone, none],
      },
      after: { step: "Are Messages Held", way: "Found" },
    },
    remove("Delete Before Blocking", both),
    {
      name: "Block The Sender",
      description: "Puts the sender on the organization's blocklist.",
      work: {
        kind: "action",
        action: "Add Sender to Blocklist",
        given: { Sender: sender, "List Scope": "Organization", Comment: "Phishing, case [Case.Id]" },
      },
      after: { step: "Delete Before Blocking" },
    },
    comment(
      "Tell Deleted And Blocked",
      `Messages from ${sender}: deleted, ${outcomeOf("Delete Before Blocking")}. Blocked, ${outcomeOf("Block The Sender")}. What was delivered is in mailboxes, out of the gateway's reach.`,
      { step: "Block The Sender" },
    ),
    remove("Delete Without Blocking", alone),
    comment(
      "Tell Deleted",
      `Messages from ${sender}: deleted, ${outcomeOf("Delete Without Blocking")}. The sender was not blocked. What was delivered is in mailboxes, out of the gateway's reach.`,
      { step: "Delete Without Blocking" },
    ),
    comment("Tell Left", `${countOf(find)} message(s) from ${sender} are held and were left as they are.`, {
      step: ask,
      way: none,
    }),
    comment("Tell Nothing Held", `The folder Quarantine is not known to hold mail from ${sender} of the last week.`, {
      step: "Are Messages Held",
      way: "Nothing found",
    }),
    comment("Tell No Sender", `Nothing was searched: the event names no sender's address (${sender}).`, {
      step: "Is The Sender An Address",
      way: "No address",
    }),
  ],
};
