import { countOf, eventField, foundAny, type Playbook, valuesOf } from "./playbook.ts";

const sender = eventField("event_network_email_from");
const subject = eventField("event_network_email_subject");
const host = eventField("event_principal_hostname");
const trace = "Trace The Messages";
const find = "Find Held Messages";

/** Looks for mail by what the alert says of it, and changes nothing. */
export const threatHunt: Playbook = {
  name: "PPS Threat Hunt",
  stem: "pps_threat_hunt",
  description:
    "Traces mail by the sender, the sending host and the subject of the event, and asks whether to look for it in the quarantine too. It changes nothing.",
  triggers: [{ field: "[Alert.Name]", match: "contains", value: "Threat Hunt" }],
  steps: [
    {
      name: trace,
      description: "Searches the filter log for mail that fits, delivered or not.",
      work: {
        kind: "action",
        action: "Get Message Trace",
        given: { Sender: sender, "Sender Host": host, Subject: subject, "Time Frame": "Last Week" },
      },
    },
    {
      name: "Was Mail Traced",
      description: "Goes on where the trace found any.",
      work: foundAny(trace),
      after: { step: trace },
    },
    {
      name: "Tell What Was Traced",
      description: "Writes down how much was found, and what became of it.",
      work: {
        kind: "comment",
        text: `The trace of the last week shows ${countOf(trace)} message(s) from ${sender}, to ${valuesOf(trace, "RecipientList")}; what became of each: ${valuesOf(trace, "Final_Action")}.`,
      },
      after: { step: "Was Mail Traced", way: "Found" },
    },
    {
      name: "Ask About Quarantine",
      description: "Asks an analyst whether the quarantine is to be searched as well.",
      work: {
        kind: "question",
        question: `The trace shows ${countOf(trace)} message(s). Search the quarantine for mail from ${sender} too?`,
        answers: ["Yes", "No"],
      },
      after: { step: "Tell What Was Traced" },
    },
    {
      name: find,
      description: "Searches the quarantine for mail of the sender.",
      work: {
        kind: "action",
        action: "Find Quarantined Messages",
        given: { Sender: sender, "Time Frame": "Last Week" },
      },
      after: { step: "Ask About Quarantine", way: "Yes" },
    },
    {
      name: "Tell What Is Held",
      description: "Writes down how much is held.",
      work: {
        kind: "comment",
        text: `The quarantine holds ${countOf(find)} message(s) from ${sender} of the last week.`,
      },
      after: { step: find },
    },
    {
      name: "Tell Not Searched",
      description: "Writes down that the quarantine was not searched.",
      work: { kind: "comment", text: "The quarantine was not searched." },
      after: { step: "Ask About Quarantine", way: "No" },
    },
    {
      name: "Tell Nothing Traced",
      description: "Writes down that nothing was found.",
      work: {
        kind: "comment",
        text: `The trace of the last week is not known to show mail from ${sender} through ${host} with the subject "${subject}".`,
      },
      after: { step: "Was Mail Traced", way: "Nothing found" },
    },
  ],
};
