import { choice, flag, text, time } from "../../../core/fields.ts";
import { clusterId } from "../../lists/organisation/fields.ts";

/** Which message was held by mistake, and what is to become of it, of its sender and of others like it. */
export const fields = {
  guid: text({
    positional: true,
    maxLength: 256,
    description: "Global id of the message, as listings and traces show it. Case matters.",
    example: "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f",
  }),
  localGuid: text({
    maxLength: 1000,
    description: "Local id of the message in its folder, where its global id is not known.",
    example: "4:2:6",
  }),
  folder: text({
    maxLength: 256,
    description: "Folder that holds the message; needed with a local id. By default the one the trace names.",
    example: "Quarantine",
    xsoar: "folder_name",
  }),
  scan: flag({ description: "Have the DLP and Attachment Defense modules scan the message again first." }),
  deletedFolder: text({
    maxLength: 256,
    description:
      "Folder a released message is moved to, so that it cannot be released twice. By default the site's folder for deleted mail of the same module type.",
    example: "Deleted",
  }),
  dlp: flag({ description: "Release it although DLP rules hold it." }),
  safelist: choice({
    values: ["none", "user", "organisation"],
    default: "none",
    description:
      "Whose safelist the sender is put on once PPS has taken the release: that of each recipient (user), or the organisation's.",
  }),
  others: flag({
    description:
      "Release the others held for the same reason too: from the sender's domain (at a mail provider, from that address alone), in the same folder and, as far as the trace tells, by the same rule.",
  }),
  since: time({
    description: "How far back to look for the message and for others like it.",
    default: "30 days",
    xsoar: "start_time",
  }),
  clusterId,
} as const;
