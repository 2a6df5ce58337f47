import { recordKeys } from "../../catalogue/record-keys.ts";
import { countOf, eventField, hasAddress, outcomeOf, type Playbook, type Step, valuesOf } from "./playbook.ts";

const sender = eventField("event_network_email_from");
const subject = eventField("event_network_email_subject");
const find = "Find Held Message";
const check = "Check The Message";
const ask = "Ask What To Do";
const trusting = "Release and trust the sender";
const alone = "Release only";
const none = "Leave it held";

/** What every run of the checked release is given; the check looks at trust too, so that the question can tell of it. */
function release(given: Readonly<Record<string, string>>): Step["work"] & { kind: "action" } {
  return {
    kind: "action",
    action: "Respond to False Positive",
    given: {
      "Message GUID": valuesOf(find, recordKeys.guid),
      "Rescan Message": "true",
      "Release DLP Message": "false",
      "Deleted Folder Name": "Deleted",
      ...given,
    },
  };
}

function comment(name: string, description: string, text: string, after: Step["after"]): Step {
  return { name, description, work: { kind: "comment", text }, after };
}

function tellReleased(name: string, step: string, trust: string): Step {
  return comment(
    name,
    "Writes down what came of it.",
    `Release of the message ${valuesOf(find, recordKeys.guid)} from ${sender}: ${outcomeOf(step)}. Asked for: ${valuesOf(step, "success.action")}; what came of each: ${valuesOf(step, "success.status")}. ${trust}The gateway accepts a release; it does not say whether the mail arrived. To be known: ${valuesOf(step, "notes")}`,
    { step },
  );
}

/** Checks a message that should not have been held, and delivers it once a person has chosen to. */
export const falsePositiveRelease: Playbook = {
  name: "PPS False Positive Release",
  stem: "pps_false_positive_release",
  description:
    "Finds the held message of the sender and subject, checks it for viruses, DLP and an earlier release, and, where it may go, asks whether to release it and whether its recipients are to trust the sender.",
  triggers: [{ field: "[Alert.Name]", match: "contains", value: "Quarantine Release" }],
  steps: [
    {
      name: "Is The Sender An Address",
      description: "Goes on where the event names a sender: a search for nobody in particular finds everything.",
      work: hasAddress(sender),
    },
    {
      name: find,
      description: "Searches the configured folders for mail of the sender with the subject.",
      work: {
        kind: "action",
        action: "Find Quarantined Messages",
        given: {
          Sender: sender,
          Subject: subject,
          "Time Frame": "Last Week",
          "Max Results To Return": "10",
        },
      },
      after: { step: "Is The Sender An Address", way: "Address" },
    },
    {
      name: "Is One Message Held",
      description: "Goes on where it is clear which message is meant: each has to be checked by itself.",
      work: {
        kind: "condition",
        branches: [
          { name: "Several", tests: [{ field: countOf(find), match: "greater_than", value: "1" }] },
          { name: "One", tests: [{ field: countOf(find), match: "greater_than", value: "0" }] },
        ],
        otherwise: "Nothing found",
      },
      after: { step: find },
    },
    {
      name: check,
      description: "Looks at the message and says what would be done with it; changes nothing.",
      work: { ...release({ "Safelist Sender": "User", "Dry Run": "true" }), isOptional: true },
      after: { step: "Is One Message Held", way: "One" },
    },
    {
      name: "Is A Release Planned",
      description: "Goes on where there is anything to agree to: what is refused or was released before is not.",
      work: {
        kind: "condition",
        branches: [
          { name: "Planned", tests: [{ field: countOf(check, "planned"), match: "greater_than", value: "0" }] },
        ],
        otherwise: "Not planned",
      },
      after: { step: check },
    },
    {
      name: ask,
      description: "Asks an analyst to look at what was checked and to decide.",
      work: {
        kind: "question",
        question: `The message ${valuesOf(find, recordKeys.guid)} from ${sender} to ${valuesOf(find, recordKeys.recipients)}, held in ${valuesOf(check, "message.folder")}, can be released. Checked: ${valuesOf(check, "checks.detail")} With the sender trusted, ${countOf(check, "planned")} change(s) are planned. What is to be done?`,
        answers: [trusting, alone, none],
      },
      after: { step: "Is A Release Planned", way: "Planned" },
    },
    {
      name: "Release And Trust",
      description: "Checks the message again, delivers it, and puts the sender on its recipients' own safelists.",
      work: release({ "Safelist Sender": "User", "Dry Run": "false" }),
      after: { step: ask, way: trusting },
    },
    tellReleased("Tell Released And Trusted", "Release And Trust", ""),
    {
      name: "Release Without Trust",
      description: "Checks the message again and delivers it.",
      work: release({ "Safelist Sender": "None", "Dry Run": "false" }),
      after: { step: ask, way: alone },
    },
    tellReleased("Tell Released", "Release Without Trust", "The sender was not put on a safelist. "),
    comment(
      "Tell Left",
      "Writes down that nothing was released.",
      `The message ${valuesOf(find, recordKeys.guid)} from ${sender} was left where it is held.`,
      { step: ask, way: none },
    ),
    comment(
      "Tell Not Planned",
      "Writes down why nothing was released.",
      `Nothing was released: the message ${valuesOf(find, recordKeys.guid)} from ${sender} is refused, was released or deleted already, is not held, or could not be checked. Checked: ${valuesOf(check, "checks.detail")} Where no check is named here, the check itself failed: its step says why.`,
      { step: "Is A Release Planned", way: "Not planned" },
    ),
    comment(
      "Tell Several Held",
      "Writes down which messages it may be.",
      `Nothing was released: ${countOf(find)} message(s) from ${sender} with the subject are held, and each has to be checked by itself: ${valuesOf(find, recordKeys.guid)}. Run the action Respond to False Positive for the one that is meant.`,
      { step: "Is One Message Held", way: "Several" },
    ),
    comment(
      "Tell Not Held",
      "Writes down that there was nothing to release.",
      `The folders searched are not known to hold mail from ${sender} with the subject "${subject}" of the last week.`,
      { step: "Is One Message Held", way: "Nothing found" },
    ),
    comment(
      "Tell No Sender",
      "Writes down that nothing was searched.",
      `Nothing was searched: the event names no sender's address (${sender}).`,
      { step: "Is The Sender An Address", way: "No address" },
    ),
  ],
};
