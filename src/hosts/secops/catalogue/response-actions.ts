import type { SecopsAction } from "./action.ts";
import { choice, deletedFolder, dryRun, flag, folderNames, most, text, timeBack } from "./parameters.ts";
import { exampleAttempt, exampleDone, exampleGuid, exampleMessage } from "./records.ts";

export const respondToPhishing: SecopsAction = {
  name: "Respond to Phishing",
  stem: "respond_to_phishing",
  description:
    "Finds what resembles a reported phish, in quarantine and in the trace, deletes what is held of it, blocks its senders, and lists who got it delivered. Unless Dry Run is switched off it only says what it would do.",
  failureLead: "Failed to respond to the phish",
  writes: true,
  parameters: [
    text("Message GUID", "GUID of the reported message; at least one of this and the next three. Case matters."),
    text("Sender", "Envelope sender of the reported message, where its GUID is not known, or beside it."),
    text("Subject", "Subject of the reported message, where its GUID is not known, or beside it."),
    text("Message ID", "Message-ID header of the reported message, with or without angle brackets."),
    timeBack,
    folderNames,
    text("Threshold", "Score from which a message counts as the same campaign, 1 to 100; below it the match is weak.", {
      defaultValue: "60",
    }),
    flag("Delete Weak Matches", "Delete also what matches only weakly, and list who got it delivered."),
    deletedFolder("Folder for deleted mail to move the messages to. Empty means that they are deleted for good."),
    choice(
      "Block Senders",
      "What of the senders is blocked for everybody. Automatic means their addresses, where the instance has a key of the cloud API.",
      ["Automatic", "None", "Sender", "Domain"],
    ),
    text("Max Messages", `Most messages deleted, best matches first: a whole number from 1 to ${most.deletions}.`, {
      defaultValue: "1000",
    }),
    dryRun(true),
  ],
  entityTypes: [],
  tables: ["Messages", "Deliveries", "Senders", "Counts"],
  example: {
    ...exampleAttempt,
    dry_run: false,
    success: [
      {
        ...{ action: "delete", status: "done", guid: exampleGuid, localguid: exampleGuid, folder: "Quarantine" },
        ...{ ...exampleMessage, state: "held", score: 100, reasons: ["it is what was reported"] },
      },
    ],
    campaign: {
      ...{ messages: 1, strong: 1, weak: 0, held: 1, delivered: 0, stopped: 0, senders: 1, recipients: 1 },
      ...{ first: "2026-03-04T05:06:07Z", last: "2026-03-04T05:06:07Z" },
    },
    deliveries: [],
    indicators: [
      {
        ...{ envelope_sender: "billing@shop.example", header_senders: ["billing@shop.example"], display_names: [] },
        ...{ reply_to: [], return_path: "", subject: "Your invoice", message_id: "1@mail.shop.example" },
        ...{ sending_ip: "192.0.2.7", urls: [], hosts: [], attachments: [], date: "2026-03-04T05:06:07Z" },
      },
    ],
  },
  outcomes: ["search_email", "delete_email", "add_ioc_to_blocklist"],
};

export const respondToFalsePositive: SecopsAction = {
  name: "Respond to False Positive",
  stem: "respond_to_false_positive",
  description:
    "Releases a message that was held by mistake, after checks for viruses, DLP, authentication and an earlier release, and moves it where it cannot be released twice. What is held for malware is refused. Others held for the same reason are listed.",
  failureLead: "Failed to release",
  writes: true,
  parameters: [
    text("Message GUID", "GUID of the message; this, or Local GUID with Folder Name. Case matters."),
    text("Local GUID", "Id of the message in its folder, where its GUID is not known; needs Folder Name."),
    text("Folder Name", "Folder that holds the message. Empty means the one the trace names."),
    flag("Rescan Message", "Have the DLP and Attachment Defense modules scan the message again first."),
    flag("Release DLP Message", "Release it although DLP rules hold it."),
    choice(
      "Safelist Sender",
      "Whose safelist the sender is put on once PPS has taken the release: nobody's, that of each recipient, or the organization's.",
      ["None", "User", "Organization"],
    ),
    flag(
      "Release Others",
      "Release the others held for the same reason too: from the sender's domain (at a mail provider, from that address alone), in the same folder and, as far as the trace tells, by the same rule.",
    ),
    deletedFolder(
      "Folder a released message is moved to. Empty means the folder Deleted, or Deleted Incidents for mail held by DLP.",
    ),
    dryRun(false),
  ],
  entityTypes: [],
  tables: ["Checks", "Outcomes"],
  example: {
    ...exampleAttempt,
    dry_run: false,
    success: [exampleDone],
    message: {
      ...{ guid: exampleGuid, localguid: exampleGuid, folder: "Quarantine", state: "held", ...exampleMessage },
      ...{ from: ["billing@shop.example"], message_id: "1@mail.shop.example", sender_ip: "192.0.2.7" },
      ...{ final_rule: "spam.definite", size: 2048, spamscore: 90, status: [], urls: [], attachments: [] },
    },
    checks: [{ name: "held", state: "ok", detail: "It lies in Quarantine, held by rule spam.definite." }],
  },
  outcomes: ["update_email", "send_email", "add_ioc_to_allowlist"],
};
