import { recordKeys } from "../../catalogue/record-keys.ts";
import {
  countOf,
  eventField,
  hasAddress,
  outcomeOf,
  type Playbook,
  type Step,
  successOf,
  type Test,
  valuesOf,
} from "./playbook.ts";

/** A folder that is searched, and the step that does. */
interface Searched {
  folder: string;
  find: string;
}

const sender = eventField("event_network_email_from");
const quarantine: Searched = { folder: "Quarantine", find: "Find Held Messages" };
const phish: Searched = { folder: "Phish", find: "Find Held Phish" };
const decide = "Are Messages Held";
const look = "Look For Its Like";
const both = "Delete and block";
const alone = "Delete only";
const none = "Leave everything as it is";

/** What the whole wave is: told wherever the playbook ends, as it acts on a part of it. */
const wave = `Of mail like it, ${valuesOf(look, "campaign.held")} message(s) are known to be held and ${valuesOf(look, "campaign.delivered")} to be delivered: the step ${look} lists them, their folders, and who got them. What was delivered is in mailboxes, out of the gateway's reach.`;

/** A search that failed may look like one that found nothing, so that both numbers say whether all was searched. */
const held = [quarantine, phish]
  .map(({ folder, find }) => `${folder} ${countOf(find)} (all searched: ${successOf(find)})`)
  .join(", ");

function isFound({ find }: Searched): Test {
  return { field: countOf(find), match: "greater_than", value: "0" };
}

function search({ folder, find }: Searched, after: Step["after"], isOptional: boolean): Step {
  return {
    name: find,
    description: `Searches the folder ${folder} for mail of the sender.`,
    work: {
      kind: "action",
      action: "Find Quarantined Messages",
      given: { Sender: sender, "Time Frame": "Last Week", "Folder Name": folder, "Max Results To Return": "100" },
      ...(isOptional ? { isOptional } : {}),
    },
    after,
  };
}

function remove(name: string, { folder, find }: Searched, after: Step["after"]): Step {
  return {
    name,
    description: `Moves the messages found in the folder ${folder} to the folder for deleted mail.`,
    work: {
      kind: "action",
      action: "Delete Quarantined Message",
      given: {
        "Message GUIDs": valuesOf(find, recordKeys.localGuid),
        "Folder Name": folder,
        "Deleted Folder Name": "Deleted",
      },
    },
    after,
  };
}

function comment(name: string, text: string, after: Step["after"]): Step {
  return { name, description: "Writes down what came of it.", work: { kind: "comment", text }, after };
}

/** Deletes what each folder holds, one after the other, then blocks where that was chosen, and tells of it. */
function carryOut(folders: readonly Searched[], where: string, answer: string): Step[] {
  const blocks = answer === both;
  const suffix = `${blocks ? "And Block" : "Only"} ${where}`;
  const steps: Step[] = [];
  let after: NonNullable<Step["after"]> = { step: `Ask What To Do ${where}`, way: answer };
  const follow = (step: Step) => {
    steps.push(step);
    after = { step: step.name };
  };
  const removals = folders.map(({ folder }) => `Delete ${folder} ${suffix}`);
  folders.forEach((searched, index) => {
    follow(remove(String(removals[index]), searched, after));
  });
  const block = `Block The Sender ${where}`;
  if (blocks) {
    follow({
      name: block,
      description: "Puts the sender on the organization's blocklist.",
      work: {
        kind: "action",
        action: "Add Sender to Blocklist",
        given: { Sender: sender, "List Scope": "Organization", Comment: "Phishing, case [Case.Id]" },
      },
      after,
    });
  }
  const deleted = folders.map(({ folder }, index) => `deleted from ${folder}, ${outcomeOf(String(removals[index]))}`);
  const blocked = blocks ? `Blocked, ${outcomeOf(block)}.` : "The sender was not blocked.";
  follow(
    comment(`Tell Deleted ${suffix}`, `Messages from ${sender}: ${deleted.join("; ")}. ${blocked} ${wave}`, after),
  );
  return steps;
}

/** The question on what these folders hold, and what follows each answer. */
function handle(folders: readonly Searched[], where: string, way: string): Step[] {
  const ask = `Ask What To Do ${where}`;
  const meant = folders.map(({ folder }) => folder).join(" and ");
  return [
    {
      name: ask,
      description: "Asks an analyst to look at the messages found and to decide.",
      work: {
        kind: "question",
        question: `Messages held from ${sender}: ${held}. Deleting takes exactly those found in ${meant}. What is to be done?`,
        answers: [both, alone, none],
      },
      after: { step: decide, way },
    },
    ...carryOut(folders, where, both),
    ...carryOut(folders, where, alone),
    comment(`Tell Left ${where}`, `Messages held from ${sender}, left as they are: ${held}. ${wave}`, {
      step: ask,
      way: none,
    }),
  ];
}

/** Finds what is held of a phishing wave, and deletes it once a person has chosen to. */
export const phishingResponse: Playbook = {
  name: "PPS Phishing Response",
  stem: "pps_phishing_response",
  description:
    "Enriches the entities of the alert, looks for the whole wave, finds what the folders Quarantine and Phish hold of the sender, and asks whether to delete exactly that and block the sender.",
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
      name: look,
      description: "Lists what resembles mail of the sender, held or delivered, and who got it; changes nothing.",
      work: {
        kind: "action",
        action: "Respond to Phishing",
        given: {
          Sender: sender,
          "Folder Names": `${quarantine.folder}, ${phish.folder}`,
          "Deleted Folder Name": "Deleted",
          "Block Senders": "None",
          "Dry Run": "true",
        },
        isOptional: true,
      },
      after: { step: "Is The Sender An Address", way: "Address" },
    },
    search(quarantine, { step: look }, false),
    // A site need not have it.
    search(phish, { step: quarantine.find }, true),
    {
      name: decide,
      description: "Goes on where a folder holds any.",
      work: {
        kind: "condition",
        branches: [
          { name: "Both", tests: [isFound(quarantine), isFound(phish)] },
          { name: "Quarantine", tests: [isFound(quarantine)] },
          { name: "Phish", tests: [isFound(phish)] },
        ],
        otherwise: "Nothing found",
      },
      after: { step: phish.find },
    },
    ...handle([quarantine, phish], "In Both", "Both"),
    ...handle([quarantine], "In Quarantine", "Quarantine"),
    ...handle([phish], "In Phish", "Phish"),
    comment(
      "Tell Nothing Held",
      `The folders searched are not known to hold mail from ${sender} of the last week: ${held}. ${wave}`,
      { step: decide, way: "Nothing found" },
    ),
    comment("Tell No Sender", `Nothing was searched: the event names no sender's address (${sender}).`, {
      step: "Is The Sender An Address",
      way: "No address",
    }),
  ],
};
