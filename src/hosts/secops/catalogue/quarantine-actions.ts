import type { Json } from "../../../core/steps.ts";
import type { SecopsAction } from "./action.ts";
import { choice, deletedFolder, flag, guids, maxResults, messageGuids, most, text, timeOf } from "./parameters.ts";
import { exampleGuid, exampleRecord } from "./records.ts";

const moved = "Folder for deleted mail to put the messages into afterwards; of the same kind as the one they are in.";

function outcomeOf(action: string, status: string): Json {
  const success = [{ guid: exampleGuid, localguid: exampleGuid, folder: "Quarantine", action, status }];
  return { success, failed: [], unknown: [] };
}

const plain = { entityTypes: [], tables: [] } as const;

export const findQuarantinedMessages: SecopsAction = {
  name: "Find Quarantined Messages",
  stem: "find_quarantined_messages",
  description:
    "Searches the quarantine by sender, recipient, subject, message id or GUID, newest first. Without any of them every message of the time is meant.",
  failureLead: "Failed to search the quarantine",
  writes: false,
  parameters: [
    text("Message GUID", "GUID of one message. PPS cannot search for it: all messages of the time are read."),
    text("Message ID", "Message-ID header, with or without angle brackets. All messages of the time are read."),
    text("Sender", "Envelope sender: an address, its start (ann*), its end (*example.com) or a domain (@example.com)."),
    text("Recipient", "Envelope recipient, written as Sender is."),
    text("Subject", "Subject: whole, its start (Invoice*), its end (*overdue) or a part (*invoice*)."),
    ...timeOf("Last Hour"),
    text(
      "Folder Name",
      "Folder to search; several separated by commas or as a JSON array. Empty means the Quarantine Folders of the configuration.",
    ),
    choice("Fetch DLP Violation", "Also fetch what DLP rules matched; long numbers are masked.", [
      "No",
      "Basic",
      "Detailed",
    ]),
    flag("Fetch Message Status", "Also fetch the work status of each message."),
    maxResults,
  ],
  entityTypes: [],
  tables: ["Quarantined Messages"],
  example: [exampleRecord],
  outcomes: ["search_email"],
};

export const releaseQuarantinedMessage: SecopsAction = {
  ...plain,
  name: "Release Quarantined Message",
  stem: "release_quarantined_message",
  description:
    "Delivers held messages to their recipients without further filtering. PPS accepts the release; delivery is not confirmed. Messages stay in their folder unless a folder for deleted mail is named.",
  failureLead: "Failed to release",
  writes: true,
  parameters: [
    ...guids,
    deletedFolder(moved),
    flag("Rescan Message", "Have the DLP and Attachment Defense modules scan the message again first."),
    text("Branding Template", "Branding template for an encrypted release; needs Security Policy too."),
    text("Security Policy", "Secure Reader response profile for an encrypted release; needs Branding Template too."),
  ],
  example: outcomeOf("release", "accepted"),
  outcomes: ["update_email", "send_email"],
};

export const deleteQuarantinedMessage: SecopsAction = {
  ...plain,
  name: "Delete Quarantined Message",
  stem: "delete_quarantined_message",
  description:
    "Deletes held messages. They are gone for good and this cannot be undone, unless a folder for deleted mail is named.",
  failureLead: "Failed to delete",
  writes: true,
  parameters: [
    ...guids,
    deletedFolder("Folder for deleted mail to move the messages to. Empty means that they are deleted for good."),
  ],
  example: outcomeOf("delete", "done"),
  outcomes: ["delete_email"],
};

export const moveQuarantinedMessage: SecopsAction = {
  ...plain,
  name: "Move Quarantined Message",
  stem: "move_quarantined_message",
  description: "Moves held messages to another folder of the same kind. Their localguid may change.",
  failureLead: "Failed to move",
  writes: true,
  parameters: [...guids, text("Target Folder Name", "Folder to move the messages to.", { isMandatory: true })],
  example: outcomeOf("move", "done"),
  outcomes: ["update_email"],
};

export const resubmitQuarantinedMessage: SecopsAction = {
  ...plain,
  name: "Resubmit Quarantined Message",
  stem: "resubmit_quarantined_message",
  description: "Sends held messages through the filters again. They leave their folder, and may be held again.",
  failureLead: "Failed to resubmit",
  writes: true,
  parameters: guids,
  example: outcomeOf("resubmit", "accepted"),
  outcomes: ["update_email"],
};

export const forwardQuarantinedMessage: SecopsAction = {
  ...plain,
  name: "Forward Quarantined Message",
  stem: "forward_quarantined_message",
  description:
    "Sends held messages to other recipients, each as an attachment of a new mail. PPS accepts the forwarding; delivery is not confirmed.",
  failureLead: "Failed to forward",
  writes: true,
  parameters: [
    ...guids,
    deletedFolder(moved),
    text("New Subject", "Subject of the new mail, instead of the original's."),
    flag("Append Old Subject", "Append the original subject to the new one."),
    text("From Address", "Envelope sender of the new mail."),
    text("Header From", "Header sender of the new mail."),
    text("To Address", "Recipients of the new mail, separated by commas.", { isMandatory: true }),
    text("New Body Comment", "Body of the new mail."),
  ],
  example: outcomeOf("forward", "accepted"),
  outcomes: ["send_email"],
};

const downloadedName = `${exampleGuid}-Your invoice.eml`;

export const downloadQuarantinedMessage: SecopsAction = {
  ...plain,
  name: "Download Quarantined Message",
  stem: "download_quarantined_message",
  description:
    "Fetches raw messages into a folder of the machine that runs the action, or onto the case wall. They may be dangerous to open.",
  failureLead: "Failed to download",
  writes: false,
  parameters: [
    {
      ...messageGuids,
      description: `GUIDs of the messages, separated by commas, at most ${most.downloads}; a localguid will not do where it differs. Case matters.`,
    },
    text("Folder Name", "Folder the messages are in, for the report; PPS needs the GUID alone.", {
      defaultValue: "Quarantine",
    }),
    text("Download Folder Path", "Folder to save the files in, on the machine that runs the action; empty for none.", {
      defaultValue: "/tmp",
    }),
    flag("Overwrite", "Write over a file of the same name.", true),
    flag("Save To Case Wall", "Attach the messages to the case wall, at most 3.5 MiB each."),
  ],
  example: {
    success: [
      {
        guid: exampleGuid,
        localguid: null,
        folder: "Quarantine",
        action: "download",
        status: "done",
        file_name: downloadedName,
        size: 2048,
        sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        subject: "Your invoice",
        downloaded_file_path: `/tmp/${downloadedName}`,
        attached: false,
      },
    ],
    failed: [],
    unknown: [],
  },
  outcomes: ["download_file"],
};
